#!/bin/sh
# Presslark as one of the peers: the words that the peer benchmark asks for, answered by the program as users run it, from dist/
# (npm run build), with full text search, the starter watchlist, duplicates, stories and evidence on. STATE, URLS and OPML
# come from the benchmark. The feeds live on loopback, so private addresses are allowed; nothing else differs from `init`.
set -e
case $0 in */*) root=${0%/*}/.. ;; *) root=.. ;; esac # without another program: what this one starts is counted as ours
node=${PRESSLARK_NODE:-$root/node_modules/.bin/node} # not NODE: npm sets that to its own
export PRESSLARK_CONFIG="$STATE/config"
cli=$root/dist/src/app/cli.js
presslark() { "$node" "$cli" "$@"; }
case $1 in
setup)
  rm -rf "$STATE"
  mkdir -p "$STATE"
  presslark init "$STATE" >/dev/null
  printf 'database: ./presslark.db\nhttp: { allowPrivate: true, concurrency: 50 }\n' > "$PRESSLARK_CONFIG/presslark.yaml"
  printf 'sources: []\n' > "$PRESSLARK_CONFIG/sources.yaml"
  presslark sources import "$OPML" >/dev/null
  ;;
update) presslark fetch >/dev/null ;;
count) presslark stats --json | sed -n 's/.*"articles": *\([0-9]*\).*/\1/p' | head -1 ;;
query) "$node" "$cli" search "$2" --since 24h --limit 10000 | sed -n '$s/ article.*//p' ;;
dbkb) du -sk "$STATE" | cut -f1 ;;
version) printf 'presslark %s, node %s\n' "$(presslark --version)" "$("$node" --version)" ;;
startup) presslark --version >/dev/null ;;
size) du -sk "$root/dist" | cut -f1 ;;
start | stop) ;;
*) exit 3 ;;
esac
