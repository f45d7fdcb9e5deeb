#!/bin/bash
# Runs a real fapolicyd over one folder, in mounts and processes of its own: nothing outside is watched or changed, and
# all of it is gone with the first process. Started by rig.ts: unshare --mount --pid --fork --kill-child --mount-proc.
# $1: a folder with `conf`, `rules`, `trust` and `programs`. $2: the folder with fapolicyd's files. Writes `NAME CODE` lines.
set -eu
folder=$1 package=$2
mount --make-rprivate /
mkdir -p "$folder/own" "$folder/watched"
mount -t tmpfs none "$folder/own"
cd "$folder/own"
mkdir etc etc-work lib lib-work
mount -t overlay overlay -o lowerdir=/etc,upperdir=etc,workdir=etc-work /etc
mount -t overlay overlay -o lowerdir=/var/lib,upperdir=lib,workdir=lib-work /var/lib
mount -t tmpfs none /run
# fapolicyd is told to watch this kind of file system alone: it is the only one of it in these mounts.
mount -t ramfs none "$folder/watched"
cp -a "$folder/programs/." "$folder/watched"

mkdir -p /etc/fapolicyd/rules.d /etc/fapolicyd/trust.d /var/lib/fapolicyd /run/fapolicyd
rm -f /etc/fapolicyd/fapolicyd.rules
cp "$package"/etc/fapolicyd/rules.d/* /etc/fapolicyd/rules.d/
cp "$folder/rules" /etc/fapolicyd/rules.d/10-havendesk.rules
cp "$folder/conf" /etc/fapolicyd/fapolicyd.conf
cp "$folder/trust" /etc/fapolicyd/fapolicyd.trust
getent group fapolicyd > /dev/null || echo 'fapolicyd:x:64990:' >> /etc/group
LD_LIBRARY_PATH=$package/usr/lib/x86_64-linux-gnu:$package/usr/lib/aarch64-linux-gnu
export LD_LIBRARY_PATH
sh "$package/usr/sbin/fagenrules" > "$folder/log" 2>&1
cp /etc/fapolicyd/compiled.rules "$folder/compiled.rules"
"$package/usr/sbin/fapolicyd-cli" --check-config >> "$folder/log" 2>&1
"$package/usr/sbin/fapolicyd" --debug-deny >> "$folder/log" 2>&1 &
for _ in $(seq 100); do
  grep -q 'Starting to listen' "$folder/log" && break
  sleep 0.1
done
grep -q "added $folder/watched mount point" "$folder/log"
unset LD_LIBRARY_PATH

set +e
cd "$folder/watched"
for program in $(find . -type f -perm -u+x | sort); do
  timeout 5 "$folder/watched/$program" > /dev/null 2>&1
  echo "${program#./} $?"
done
timeout 5 /lib*/ld-linux-*.so.? "$folder/watched/by-hash" > /dev/null 2>&1
echo "linker $?"
