package house

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// entries are the sections of a generated catalogue, by the name of the component. That the catalogues are
// those of the registries is tested where they are made.
func entries(t *testing.T, kind string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", kind+".md"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, section := range strings.Split(string(text), "\n## ")[1:] {
		name, rest, _ := strings.Cut(section, "\n")
		out[name] = rest
	}
	return out
}

// stated are the lines that every method, direction, step rule, schedule and wrapper has in its catalogue.
var stated = []string{"\nSource: ", "\n- cost per iteration: ", "\n- memory: ", "\n- theorem: "}

func TestCataloguesStateSourceCostMemoryAndTheorem(t *testing.T) {
	for _, kind := range []string{"methods", "directions", "steps", "schedules", "wrappers"} {
		all := entries(t, kind)
		if len(all) < 5 {
			t.Errorf("docs/%s.md has %d entries only", kind, len(all))
		}
		for name, section := range all {
			for _, line := range stated {
				if !strings.Contains(section, line) {
					t.Errorf("docs/%s.md: %s has no line %q", kind, name, strings.TrimSpace(line))
				}
			}
		}
	}
}

// Names that researchers look for, in the catalogue in which they look.
func TestCataloguesHaveTheNames(t *testing.T) {
	for kind, names := range map[string]string{
		"methods": "muon shampoo soap schedule-free-adamw prodigy ademamix radam signum sophia ogm-g item sarah page l-svrg katyusha " +
			"adaptive-cubic nesterov projected-gradient lbfgsb frank-wolfe mirror-descent",
		"steps":     "adgd alig silver dynamic optimized long-steps",
		"schedules": "warmup-cosine linear wsd polynomial one-cycle",
		"wrappers":  "clip clip-value average lookahead cautious sharpness-aware weight-decay",
	} {
		all := entries(t, kind)
		for _, name := range strings.Fields(names) {
			if all[name] == "" {
				t.Errorf("docs/%s.md has no %s", kind, name)
			}
		}
	}
	if !regexp.MustCompile("(?m)^\\| `restart` \\|.*adaptive").MatchString(entries(t, "methods")["nesterov"]) {
		t.Error("nesterov has no adaptive restart")
	}
}

// comparison is a test in which a method is compared with something that is not its own code: a loop
// written from the paper, another program's numbers, a closed form, a bound that is attained.
type comparison struct {
	file, test string // in internal/methods
	seen       string // how the method is called there, in the test or in the data that it reads; empty: by its name
	data       string // beside the file; empty: the test has the names
}

// single are the comparisons of one method each. Schedules and wrappers have theirs in internal/methods/wrap, which
// demands them.
var single = map[string]comparison{
	"adaptive-cubic":     {file: "secondorder/adaptivecubic_test.go", test: "TestAdaptiveCubic"},
	"clipped-gradient":   {file: "adaptive/adaptive_test.go", test: "TestClipped"},
	"cma-es":             {file: "adaptive/cmaes_test.go", test: "TestCMARates", seen: "CMAES"},
	"cubic-newton":       {file: "secondorder/secondorder_test.go", test: "TestCubicNewtonStep"},
	"dog":                {file: "adaptive/adaptive_test.go", test: "TestDoG"},
	"frank-wolfe":        {file: "constrained/constrained_test.go", test: "TestFrankWolfe"},
	"gradient-noise":     {file: "adaptive/adaptive_test.go", test: "TestGradientNoiseIsUniformInTheBall"},
	"lbfgsb":             {file: "constrained/lbfgsb_test.go", test: "TestAgainstSciPy", seen: "scipyRuns"},
	"linear-cg":          {file: "secondorder/secondorder_test.go", test: "TestLinearCG"},
	"mirror-descent":     {file: "constrained/constrained_test.go", test: "TestMirrorDescent"},
	"muon":               {file: "adaptive/matrices_test.go", test: "TestMuonTrajectories", data: "testdata/muon.json"},
	"optimized-gradient": {file: "momentum/momentum_test.go", test: "TestTightBounds"},
	"polyak-heavy-ball":  {file: "momentum/momentum_test.go", test: "TestTightBounds"},
	"projected-gradient": {file: "constrained/constrained_test.go", test: "TestProjectedGradientWithFixedSteps"},
	"proximal-gradient":  {file: "proximal/proximal_test.go", test: "TestStep"},
	"sag":                {file: "reduction/reduction_test.go", test: "TestTables"},
	"saga":               {file: "reduction/reduction_test.go", test: "TestTables"},
	"schedule-free":      {file: "momentum/momentum_test.go", test: "TestScheduleFree"},
	"sgd":                {file: "stochastic/sgd_test.go", test: "TestSGD"},
	"shampoo":            {file: "adaptive/matrices_test.go", test: "TestMatrixTrajectories", data: "testdata/matrices.json"},
	"sign-momentum":      {file: "adaptive/adaptive_test.go", test: "TestSignMomentum"},
	"soap":               {file: "adaptive/matrices_test.go", test: "TestMatrixTrajectories", data: "testdata/matrices.json"},
	"sophia":             {file: "adaptive/sophia_test.go", test: "TestSophia"},
	"svrg":               {file: "reduction/reduction_test.go", test: "TestSVRGRounds"},
	"triple-momentum":    {file: "momentum/momentum_test.go", test: "TestTripleMomentum"},
	"trust-region":       {file: "secondorder/trustregion_test.go", test: "TestTrustRegion"},
}

// tables are comparisons of many methods in one test.
var tables = []struct {
	comparison
	names string
}{
	{comparison{file: "adaptive/adaptive_test.go", test: "TestTrajectories"}, "adadelta adagrad adam adamax adamw amsgrad nadam rmsprop rprop"},
	{comparison{file: "adaptive/adaptive_test.go", test: "TestRecentTrajectories"}, "ademamix prodigy radam signum"},
	{comparison{file: "momentum/momentum_test.go", test: "TestTrajectories"}, "fista heavy-ball nesterov"},
	{comparison{file: "momentum/momentum_test.go", test: "TestRecentTrajectories"}, "item ogm-g schedule-free-adamw"},
	{comparison{file: "presets/presets_test.go", test: "TestPresetsAreWhatTheySay"},
		"barzilai-borwein bfgs conjugate-gradient damped-newton descent fixed-step gauss-newton lbfgs levenberg-marquardt newton newton-cg polyak steepest stochastic-line-search stochastic-polyak"},
	{comparison{file: "reduction/paths_test.go", test: "TestPathsOfThePapers"}, "katyusha l-svrg page sarah"},
}

// Every method has a comparison, but those of gonum, which are another implementation.
func TestMethodsAreCompared(t *testing.T) {
	found := map[string]comparison{}
	for name, c := range single {
		found[name] = c
	}
	for _, table := range tables {
		for _, name := range strings.Fields(table.names) {
			found[name] = table.comparison
		}
	}
	all := entries(t, "methods")
	for name := range all {
		c, ok := found[name]
		switch {
		case strings.HasPrefix(name, "gonum-"):
		case !ok:
			t.Errorf("%s has no comparison with anything independent; write one, and add it here", name)
		default:
			c.check(t, name)
		}
	}
	for name := range found {
		if all[name] == "" {
			t.Errorf("there is no method %s", name)
		}
	}
}

// check looks for the method in the test, or in its data.
func (c comparison) check(t *testing.T, name string) {
	t.Helper()
	folder := filepath.Join("..", "methods", filepath.Dir(c.file))
	text, err := os.ReadFile(filepath.Join(folder, filepath.Base(c.file)))
	if err != nil {
		t.Fatal(err)
	}
	body := regexp.MustCompile(`(?ms)^func ` + c.test + `\([^\n]*(}\n|\n.*?^}\n)`).FindString(string(text))
	if body == "" {
		t.Errorf("%s has no %s", c.file, c.test)
	}
	if c.data != "" {
		if !strings.Contains(body, c.data) {
			t.Errorf("%s does not read %s", c.test, c.data)
		}
		data, err := os.ReadFile(filepath.Join(folder, c.data))
		if err != nil {
			t.Fatal(err)
		}
		body = string(data)
	}
	called := c.seen
	if called == "" {
		called = name
	}
	words := strings.FieldsFunc(body, func(r rune) bool { return strings.ContainsRune(" \t\n\",{}():`;", r) })
	if !slices.Contains(words, called) {
		t.Errorf("%s in %s does not name %s", c.test, c.file, called)
	}
}
