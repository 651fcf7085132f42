#!/bin/sh
# The shop's greeter: serves one page on port 8080.
set -eu
VERSION=1.0.0

page() {
	printf 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n%s from web %s\n' "${GREETING:-Hello}" "$VERSION"
}

case "${1:-serve}" in
--version) echo "web $VERSION" ;;
page) page ;;
serve)
	echo "web $VERSION listens on 8080"
	while :; do page | nc -l -p 8080 >/dev/null; done
	;;
*)
	echo "usage: web [serve|page|--version]" >&2
	exit 2
	;;
esac
