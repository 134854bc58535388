package losses

import "github.com/gdbench/gdbench/problems"

// The small instances of losses that are known by names of their own: raw features of
// the minstd generator, without an intercept, so that any program can build them.
func init() {
	minstd := func(labels, l2 string) map[string]string {
		return map[string]string{
			"data": "{name: minstd, labels: " + labels + "}", "l2": l2,
			"intercept": "none", "standardize": "false",
		}
	}
	preset := func(name string, of problems.Info, summary, formula string, defaults map[string]string, new func() problems.Problem) {
		of.Summary, of.Formula, of.Defaults = summary, formula, defaults
		problems.Register(name, of, new)
	}
	preset("logreg-l2", logisticInfo, "logistic regression, 30 noisy samples", "f(w) = (1/m) Σ log(1 + exp(−yᵢxᵢᵀw)) + 0.025‖w‖²",
		minstd("noisy-signs", "0.05"), func() problems.Problem { return new(Logistic) })
	preset("logreg-separable", logisticInfo, "logistic regression with separable classes: the infimum 0 is not attained", "f(w) = (1/m) Σ log(1 + exp(−yᵢxᵢᵀw))",
		minstd("signs", "0"), func() problems.Problem { return new(Logistic) })
	preset("huber-reg", huberInfo, "Huber's loss on 30 samples, every seventh an outlier", "f(w) = (1/m) Σ h₁(xᵢᵀw − yᵢ)",
		minstd("outliers", "0"), func() problems.Problem { return new(Huber) })
	preset("sqhinge-l2", squaredHingeInfo, "support vector machine, 30 noisy samples", "f(w) = (1/2m) Σ max(0, 1 − yᵢxᵢᵀw)² + 0.025‖w‖²",
		minstd("noisy-signs", "0.05"), func() problems.Problem { return new(SquaredHinge) })
	preset("softmax-l2", softmaxInfo, "logistic regression with three classes that do not depend on the features", "f(W) = (1/m) Σ (log Σₖ exp(xᵢᵀWₖ) − xᵢᵀW_yᵢ) + 0.025‖W‖²",
		minstd("thirds", "0.05"), func() problems.Problem { return new(Softmax) })

	network := func(set, widths string) map[string]string {
		return map[string]string{"data": "{name: " + set + ", samples: 40}", "widths": widths, "l2": "1e-3", "standardize": "false"}
	}
	const formula = "f(w) = (1/m) Σ log(1 + exp(−yᵢz(xᵢ))) + 0.0005‖w‖², z = oᵀtanh(Wx + b) + c"
	preset("mlp-moons", mlpInfo, "a network of 6 units on two moons", formula, network("two-moons", "[6]"), func() problems.Problem { return new(MLP) })
	preset("mlp-spirals", mlpInfo, "a network of 8 units on two spirals", formula, network("spirals", "[8]"), func() problems.Problem { return new(MLP) })
}
