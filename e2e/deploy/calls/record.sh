# Sourced by what stands before a program: takes down the call, and fails or waits where the test has said so. Each
# happens once, however many calls come at the same time. What the call reads is nobody's business here.
# $STATE is the folder that the test writes to.
name=$(basename "$0")
call="$name $*"
printf '%s\n' "$(printf %s "$call" | tr '\n' ' ')" >> "$STATE/calls"

# "fail" holds a shell pattern of calls, the exit status, and what is said.
if test -f "$STATE/fail"; then
  { read -r pattern; read -r status; read -r said; } 2> /dev/null < "$STATE/fail"
  case $call in
    $pattern)
      if mv "$STATE/fail" "$STATE/failed" 2> /dev/null; then
        echo "$said" >&2
        exit "$status"
      fi
      ;;
  esac
fi

# "wait" holds a pattern of a call that takes until the test lets it go on; "deaf" makes it one that ends by no request.
if test -f "$STATE/wait"; then
  case $call in
    $(cat "$STATE/wait"))
      if mv "$STATE/wait" "$STATE/waiting" 2> /dev/null; then
        if test -f "$STATE/deaf"; then trap '' TERM; fi
        while test -f "$STATE/waiting"; do sleep 0.05; done
      fi
      ;;
  esac
fi
