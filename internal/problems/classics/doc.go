// Package classics holds the scalable problems of the CUTEst tradition and the small ones
// that travel with them, under their usual names in lower case. An evaluation costs time
// linear in n wherever the formula allows it.
//
// Formulas are those of CUTEst, which differ here and there from the papers they cite;
// where CUTEst has corrected one (SINQUAD2, SISSER2) the corrected one is meant. The data
// sets of Moré, Garbow and Hillstrom, several of which belong to CUTEst too, are in
// package mgh.
package classics

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

type (
	sum    = separable.Sum
	first  = separable.First
	second = separable.Second
)

const cutest = "Gould, Orban & Toint 2015, CUTEst: a Constrained and Unconstrained Testing Environment with safe threads"

// What several problems come from.
const (
	buckley    = "Buckley 1989, Test functions for unconstrained minimization, TR 1989CS-3, Dalhousie University"
	lescrenier = "Conn, Gould, Lescrenier & Toint 1988, Performance of a multifrontal scheme for partially separable optimization"
	toint      = "Toint 1983, Test problems for partially separable optimization and results for the routine PSPMIN"
	himmelblau = "Himmelblau 1972, Applied Nonlinear Programming"
	li         = "Li 1988, The secant/finite difference algorithm for solving sparse nonlinear systems of equations"
	schnabel   = "Dennis & Schnabel 1983, Numerical Methods for Unconstrained Optimization and Nonlinear Equations"
	gould      = "Gould, private communication in CUTEst"
	dixonMaany = "Dixon & Maany 1988, A family of test problems with sparse Hessians for unconstrained optimization"
)

// problem is the catalogue's entry of a problem by its name in CUTEst.
func problem(name, summary, formula, origin string, aliases ...string) problems.Info {
	return problems.Info{
		Summary: summary, Formula: formula, Aliases: aliases,
		Source: origin + "; " + cutest + ", problem " + name, DOI: "10.1007/s10589-014-9687-3",
		Family: "CUTEst",
	}
}

// register adds a problem whose standard start is CUTEst's.
func register(f separable.Function) {
	f.StartSource = "CUTEst"
	separable.Register(f)
}

// fixed is the number of variables of a problem that has no other.
func fixed(n int) separable.Dims { return separable.Dims{Usual: n} }

// from is any number of variables that is large enough.
func from(least int) separable.Dims { return separable.Dims{Usual: 10, Least: least} }

// squares is the number of residuals of a problem in which it does not depend on n.
func squares(m int) func(int) int { return func(int) int { return m } }

// same is the number of residuals where it is that of the variables.
func same(n int) int { return n }

// pairs is the number of residuals where each two neighbours have two.
func pairs(n int) int { return 2 * (n - 1) }

// window is the part of the plane that a picture shows.
func window(left, right, bottom, top float64) *problems.Window {
	return &problems.Window{X: [2]float64{left, right}, Y: [2]float64{bottom, top}}
}

// sq is x², rounded before anything is added to it.
func sq(x float64) float64 { return float64(x * x) }

// cubed is x³, rounded before anything is added to it.
func cubed(x float64) float64 { return float64(x * x * x) }

// powered is w·uᵏ, k ≥ 2.
func powered(w, u float64, k int) separable.Outer {
	p := w
	for range k - 2 {
		p *= u
	}
	return separable.Outer{F: float64(p * u * u), D: float64(k) * p * u, DD: float64(k*(k-1)) * p}
}
