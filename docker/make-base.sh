#!/usr/bin/env bash
# Make the images' base from the distribution's packages, where no image registry can be reached. Needs root and debootstrap.
set -euo pipefail
tag=${1:?usage: make-base.sh TAG}
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
debootstrap --variant=minbase --include=python3,python3-venv bookworm "$root" >"$root.log" 2>&1 || {
    tail -n 20 "$root.log" >&2
    exit 1
}
rm -rf "$root.log" "$root"/var/cache/apt/*.bin "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/* \
    "$root"/usr/share/{doc,info,locale,man}/* "$root"/var/log/*
tar -C "$root" --numeric-owner --one-file-system -c . | docker import --change 'CMD ["bash"]' - "$tag"
