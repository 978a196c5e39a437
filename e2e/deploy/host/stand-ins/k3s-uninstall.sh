#!/bin/sh
# Stands in for the script that the installer leaves.
. "$BIN/record.sh"
rm -rf "$BIN/k3s" "$BIN/k3s-uninstall.sh" "$STATE/k3s-version" "$STATE/k3s.yaml" "$STATE/node"
