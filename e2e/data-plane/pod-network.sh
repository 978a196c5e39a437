# Runs a command as in a pod: a network, a host name and a /etc/hosts of its own, in the namespaces that `unshare` made.
#   pod-network.sh POD_IP LINK OUTER_PID FOLDER HOST_NAME COMMAND...
set -eu
pod_ip=$1 link=$2 outer=$3 folder=$4 host_name=$5
shift 5
gateway=169.254.1.1

ip link set lo up
ip link add eth0 type veth peer name "$link" netns "$outer"
ip addr add "$pod_ip/32" dev eth0
ip link set eth0 up
# The more specific route wins over that by which all pod addresses are the machine's own.
nsenter --net="/proc/$outer/ns/net" sh -c "
  ip addr add $gateway/32 dev $link && ip link set $link up &&
  ip route replace unicast $pod_ip/32 dev $link table local scope link"
ip route add "$gateway" dev eth0
ip route add default via "$gateway" src "$pod_ip"

mount --bind "$folder/hosts" /etc/hosts
mount --bind "$folder/resolv.conf" /etc/resolv.conf
hostname "$host_name"
exec "$@"
