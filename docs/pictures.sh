#!/usr/bin/env bash
# Makes the pictures of README and docs again, from real runs.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -o "$work/gdbench" ./cmd/gdbench
mkdir -p docs/pictures

# picture SUITE FIGURE NAME
picture() {
	[ -d "$work/$1" ] || "$work/gdbench" run "$1" --out "$work/$1" >/dev/null
	cp "$work/$1/report/figures/$2.png" "docs/pictures/$3.png"
}
picture saddle path-random-starts saddle
picture learning-rate gap-iterations-parabola learning-rate
picture batch-size rate-by-batch-logistic-data=breast-cancer-l2=0.01 batch-size
picture rosenbrock path-rosenbrock rosenbrock
