#!/usr/bin/env bash
# Make what docker-compose.yml needs and no repository may hold: secrets, and in .env who may speak to the engine.
# What is there already is kept.
set -euo pipefail
secrets=${1:-secrets}
umask 077
mkdir -p "$secrets"

keep() {
    # Readable to the containers' users, who are nobody here; the folder keeps everybody else on this machine out.
    [ -s "$secrets/$1" ] || { printf '%s' "$2" >"$secrets/$1" && chmod 444 "$secrets/$1"; }
}
fresh() { python3 -c 'import secrets; print(secrets.token_urlsafe(36), end="")'; }

keep postgres-password "$(fresh)"
keep redis-password "$(fresh)"
keep secret-key "$(fresh)"
keep metrics-token "$(fresh)"
keep database-url "postgresql+psycopg://grader:$(cat "$secrets/postgres-password")@postgres:5432/grader"
keep broker-url "redis://:$(cat "$secrets/redis-password")@redis:6379/0"

if [ ! -e .env ] && [ $# -eq 0 ]; then
    echo "GRADER_DOCKER_GID=$(stat -c %g "${GRADER_DOCKER_SOCKET:-/var/run/docker.sock}")" >.env
fi
