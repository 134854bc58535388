package functions

import "github.com/gdbench/gdbench/problems"

const camelSource = "L. C. W. Dixon and G. P. Szegö, Towards Global Optimisation 2, North-Holland, 1978"

func init() {
	registerPlane("six-hump-camel", problems.Info{
		Summary: "six minima, of which two are global, seven saddles and two maxima",
		Formula: "(4 − 2.1x² + x⁴/3)x² + xy + (−4 + 4y²)y²",
		Source:  camelSource,
		Family:  "camel",
	}, plane{
		first: func(x, y float64) (f, fx, fy float64) {
			u, v := float64(x*x), float64(y*y)
			return float64((4-float64(2.1*u)+float64(u*u/3))*u) + float64(x*y) + float64((float64(4*v)-4)*v),
				float64(x*(8-float64(8.4*u)+float64(2*u*u))) + y,
				x + float64(y*(float64(16*v)-8))
		},
		second: func(x, y float64) (fxx, fxy, fyy float64) {
			u := float64(x * x)
			return 8 - float64(25.2*u) + float64(10*u*u), 1, float64(48*y*y) - 8
		},
		known: sixHumps(),
	})
	registerPlane("three-hump-camel", problems.Info{
		Summary: "three minima, of which the middle one is global, and two saddles",
		Formula: "2x² − 1.05x⁴ + x⁶/6 + xy + y²",
		Source:  camelSource,
		Family:  "camel",
	}, plane{
		first: func(x, y float64) (f, fx, fy float64) {
			u := float64(x * x)
			return float64(u*(2-float64(1.05*u)+float64(u*u/6))) + float64(x*y) + float64(y*y),
				float64(x*(4-float64(4.2*u)+float64(u*u))) + y,
				x + float64(2*y)
		},
		second: func(x, _ float64) (fxx, fxy, fyy float64) {
			u := float64(x * x)
			return 4 - float64(12.6*u) + float64(5*u*u), 1, 2
		},
		known: problems.Facts{
			Convexity: problems.Nonconvex,
			Minimum:   zeroAt([]float64{0, 0}),
			Critical: append(
				critical(problems.LocalMinimum, mirrored([]float64{1.7475523458302888, -0.8737761729151444})...),
				critical(problems.Saddle, mirrored([]float64{1.0705422918236598, -0.5352711459118299})...)...),
			Starts: standard("", 2, 1),
			Window: window(-2.5, 2.5, -2.5, 2.5),
		},
	})
}

// sixHumps holds all fifteen critical points, as many as Bézout's theorem allows; the
// function grows in every direction, so that the lowest of them is the minimum.
func sixHumps() problems.Facts {
	saddles := mirrored(
		[]float64{1.2960702671671087, 0.6050843880386589},
		[]float64{1.1092053368047863, -0.7682680925095399},
		[]float64{1.638067984189779, 0.2286740690443941},
	)
	f := problems.Facts{
		Convexity: problems.Nonconvex,
		Minimum: &problems.Minimum{
			Value: -1.0316284534898774, Source: problems.Analytic,
			Points: mirrored([]float64{0.08984201310031806, -0.7126564030207396}),
		},
		Critical: critical(problems.Saddle, append(saddles, []float64{0, 0})...),
		Starts:   standard("", 1.5, 0.6),
		Window:   window(-2.2, 2.2, -1.2, 1.2),
	}
	f.Critical = append(f.Critical, critical(problems.LocalMinimum, mirrored(
		[]float64{1.703606714969981, -0.7960835686726251},
		[]float64{1.6071047529201978, 0.5686514548841313},
	)...)...)
	f.Critical = append(f.Critical, critical(problems.Maximum, mirrored(
		[]float64{1.2302298765166513, 0.16233458445899476},
	)...)...)
	return f
}

// mirrored adds to each point its mirror image in the origin.
func mirrored(points ...[]float64) [][]float64 {
	both := make([][]float64, 0, 2*len(points))
	for _, p := range points {
		both = append(both, p, []float64{-p[0], -p[1]})
	}
	return both
}
