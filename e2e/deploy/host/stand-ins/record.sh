# Sourced by the stand-ins: takes down the call, and fails where the test has said so.
# $STATE is the folder in which they keep what the machine would have.
name=$(basename "$0")
call="$name $*"
printf '%s\n' "$call" | tr '\n' ' ' >> "$STATE/calls"
echo >> "$STATE/calls"

# "fail" holds a shell pattern of calls, the exit status, and what is said; it happens once.
if test -f "$STATE/fail"; then
  { read -r pattern; read -r status; read -r said; } < "$STATE/fail"
  case $call in
    $pattern)
      mv "$STATE/fail" "$STATE/failed"
      echo "$said" >&2
      exit "$status"
      ;;
  esac
fi

# "wait" holds a pattern of calls that take until the test lets them go on.
if test -f "$STATE/wait"; then
  case $call in
    $(cat "$STATE/wait"))
      : > "$STATE/waiting"
      while test -f "$STATE/wait"; do sleep 0.05; done
      ;;
  esac
fi

# An image's name as a file.
file() { printf %s "$1" | tr '/' '%'; }
# As containerd writes it.
full() {
  case $1 in
    */*) printf %s "$1" ;;
    *) printf %s "docker.io/library/$1" ;;
  esac
}
