#!/usr/bin/env bash
# Make a base with PostgreSQL and Redis from the distribution's packages, where their official images cannot be fetched:
# BASE (from make-base.sh) with two packages more. Needs root. docker/Dockerfile.servers builds on it.
set -euo pipefail
base=${1:?usage: make-servers-base.sh BASE TAG}
tag=${2:?usage: make-servers-base.sh BASE TAG}
root=$(mktemp -d)
# Several of the host's files reach the new root only while packages are installed.
lent=(/etc/resolv.conf /etc/ssl/certs /usr/share/keyrings
    /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/apt.conf.d /etc/apt/keyrings /etc/apt/trusted.gpg.d)
finish() {
    umount "$root/dev/null" 2>/dev/null || true
    rm -rf "$root"
}
trap finish EXIT

container=$(docker create "$base" true)
docker export "$container" | tar -C "$root" -x
docker rm "$container" >/dev/null
mkdir "$root/.lent"
for path in "${lent[@]}"; do
    [ ! -e "$root$path" ] || { mkdir -p "$root/.lent$(dirname "$path")" && mv "$root$path" "$root/.lent$path"; }
    [ ! -e "$path" ] || { mkdir -p "$root$(dirname "$path")" && cp -aL "$path" "$root$path"; }
done
touch "$root/dev/null" && mount --bind /dev/null "$root/dev/null"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" && chmod 755 "$root/usr/sbin/policy-rc.d"
mkdir -p "$root/etc/postgresql-common"
echo 'create_main_cluster = false' >"$root/etc/postgresql-common/createcluster.conf"

export DEBIAN_FRONTEND=noninteractive LC_ALL=C
chroot "$root" sh -c '
    apt-get update -qq &&
    apt-get install -y -qq --no-install-recommends postgresql redis-server' >"$root.log" 2>&1 || {
    tail -n 20 "$root.log" >&2
    exit 1
}
umount "$root/dev/null"
for path in "${lent[@]}"; do
    rm -rf "${root:?}$path"
    [ ! -e "$root/.lent$path" ] || mv "$root/.lent$path" "$root$path"
done
rm -rf "$root.log" "$root/.lent" "$root/usr/sbin/policy-rc.d" "$root"/var/cache/apt/*.bin "$root"/var/cache/apt/archives/*.deb \
    "$root"/var/lib/apt/lists/* "$root"/usr/share/{doc,info,locale,man}/* "$root"/var/log/*
tar -C "$root" --numeric-owner --one-file-system -c . | docker import --change 'CMD ["bash"]' - "$tag"
