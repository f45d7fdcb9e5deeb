# Runs inside a mount namespace of its own: shows folders at their own paths although a folder above them is closed.
# usage: show-folders.sh STAGE "COVER<newline>PATH"... -- COMMAND...
# Each COVER (the closed folder) is hidden under an empty passable one, in which PATH alone appears.
set -eu
umask 022
stage=$1
shift
here=$(pwd)
cd /
mkdir -p "$stage"
number=0
covered=
newline='
'

# Everything is put aside first: once a cover lies on top, what is below cannot be reached any more.
for plan; do
  [ "$plan" = -- ] && break
  cover=${plan%%"$newline"*}
  path=${plan#*"$newline"}
  number=$((number + 1))
  mkdir -p "$stage/$number"
  mount --rbind "$path" "$stage/$number"
done

number=0
while [ "$1" != -- ]; do
  cover=${1%%"$newline"*}
  path=${1#*"$newline"}
  shift
  number=$((number + 1))
  case "$covered" in
    *"|$cover|"*) ;;
    *)
      mount -t tmpfs -o mode=755,size=1m none "$cover"
      covered="$covered|$cover|"
      ;;
  esac
  mkdir -p "$path"
  if [ -z "$(find "$stage/$number" -maxdepth 0 -perm -001)" ]; then
    # The folder itself is closed too: its contents appear one by one in a passable one.
    for entry in "$stage/$number"/* "$stage/$number"/.[!.]*; do
      name=${entry##*/}
      if [ -d "$entry" ] && [ ! -L "$entry" ]; then
        mkdir -p "$path/$name"
        mount --rbind "$entry" "$path/$name"
      elif [ -f "$entry" ]; then
        : >"$path/$name"
        mount --bind "$entry" "$path/$name"
      fi
    done
  else
    mount --rbind "$stage/$number" "$path"
  fi
done
shift
cd "$here"
exec "$@"
