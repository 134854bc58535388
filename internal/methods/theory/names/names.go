// Package names holds the names of constants that only theorems ask for; a problem states
// them among its facts.
package names

const (
	Lipschitz       = "lipschitz"       // M of |f(x) − f(y)| ≤ M‖x − y‖
	SelfConcordance = "self_concordant" // 1 where |f‴| ≤ 2f″^{3/2} on every line
	SampleMu        = "mu_sample"       // fᵢ − μ‖·‖²/2 is convex for every sample i
)
