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
	[ -d "$work/$1" ] || {
		"$work/gdbench" run "$1" --out "$work/$1" --no-report >/dev/null
		"$work/gdbench" report "$work/$1" --all --format png >/dev/null
	}
	cp "$work/$1/report/figures/$2.png" "docs/pictures/$3.png"
}
picture saddle path-random-starts saddle
picture learning-rate gap-iterations-parabola learning-rate
picture batch-size rate-by-batch-logistic-data=breast-cancer-l2=0.01 batch-size
picture rosenbrock path-valley rosenbrock
picture convex gap-epochs-logistic-breast-cancer convergence
picture learning-rate curve-parabola curve
picture learning-rate tangents-parabola tangents
picture saddle basins-random-starts basins
picture batch-size epochs-by-batch-logistic-data=breast-cancer-l2=0.01 epochs-by-batch
picture batch-size learning-rate-logistic-data=breast-cancer-l2=0.01 sensitivity
picture batch-size steps-by-batch-logistic-data=breast-cancer-l2=0.01 steps-by-batch
picture rosenbrock order-valley order
picture convex performance-profile-passes profile
picture convex runtimes-passes runtimes
picture convex ranks-passes ranks
picture convex tuning-logistic-breast-cancer tuning
picture edge-of-stability sharpness-factors-of-1 sharpness
picture vanishing-gradient layers-along-chain-depth=8 layers
picture stochastic noise-floor-regression noise-floor
picture momentum gap-iterations-quadratic-condition=1000 promised
picture stochastic mean-squared-distance-regression expectation
picture bbob data-profile-evaluations bbob
# The page, seen by a browser.
chromium --headless --no-sandbox --hide-scrollbars --window-size=1280,1500 --virtual-time-budget=8000 \
	--screenshot=docs/pictures/page.png "file://$work/saddle/report/report.html#problem=3"
