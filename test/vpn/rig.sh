# Two machines joined by a cable, each in a network namespace: a is the desk, b the far end with everything behind it.
# Runs as root of namespaces of its own; says "ready" and stays until it is ended, and everything in here with it.
set -e
mount -t tmpfs none /run
mkdir -p /run/netns /run/wireguard
ip netns add a
ip netns add b
ip link add va type veth peer name vb
ip link set va netns a
ip link set vb netns b
for name in a b; do
  ip -n $name link set lo up
  ip -n $name link set v$name up
done
ip -n a addr add 10.77.0.1/24 dev va
ip -n b addr add 10.77.0.2/24 dev vb
ip -n a addr add fd77::1/64 dev va nodad
ip -n b addr add fd77::2/64 dev vb nodad
# What the desk has to reach lies behind b.
ip -n b addr add 198.51.100.10/32 dev lo
ip -n b addr add 198.51.100.20/32 dev lo
ip -n b addr add 2001:db8::10/128 dev lo nodad
echo ready
exec sleep infinity
