# Sourced by the stand-ins that know images.
# An image's name as a file.
file() { printf %s "$1" | tr '/' '%'; }
# As containerd writes it.
full() {
  case $1 in
    */*) printf %s "$1" ;;
    *) printf %s "docker.io/library/$1" ;;
  esac
}
