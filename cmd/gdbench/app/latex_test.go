package app_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/cmd/gdbench/app"
)

// Every table of a report compiles as it is in a document that loads booktabs and no more.
func TestPeersLaTeX(t *testing.T) {
	needsPeers(t, "LaTeX")
	if _, err := exec.LookPath("pdflatex"); err != nil {
		t.Fatal("this test needs pdflatex; install the Debian package texlive-latex-recommended, as ./test --peers does")
	}
	const suite = `suite: latex
repeats: 4
budget: {iterations: 200}
problems:
  - {name: quadratic, dim: 3, condition: 10, start: {name: normal}, label: 'κ_1 $x$ ~ {x} ^2 & 50% #1 \a'}
  - {name: sphere, dim: 2, label: 'f‴ ‖∇²f(x)⁻¹‖ x̃ₖ₊₁ eᶻ ½ ∛ ⌊ẑ⌋ Łojasiewicz, é, 中 😀 ą <a>|b| "q" ℝⁿᐟ² 3µs γᵩ λ̄ ⊗ ℓ₁'}
  - {name: logistic, data: iris, positive: 1, l2: 1e-2}
methods: [{name: fixed-step, lr: [1/L, 1.9/L]}, nesterov, newton, {name: sgd, lr: [0.01, 0.1], batch: 8, on: [logistic]}]
`
	t.Chdir(t.TempDir())
	if err := os.WriteFile("suite.yaml", []byte(suite), 0o644); err != nil {
		t.Fatal(err)
	}
	var out, errOut bytes.Buffer
	if code := app.Run(context.Background(), []string{"gdbench", "run", "suite.yaml", "--out", "run"}, &out, &errOut); code != 0 {
		t.Fatalf("exit %d\n%s", code, errOut.String())
	}
	tables, err := filepath.Glob("run/report/*.tex")
	if err != nil || len(tables) < 5 {
		t.Fatalf("the report has %d tables, %v", len(tables), err)
	}
	for _, path := range tables {
		name := strings.TrimSuffix(filepath.Base(path), ".tex")
		document := "\\documentclass{article}\n\\usepackage{booktabs}\n\\begin{document}\n\\input{" + path + "}\n\\end{document}\n"
		if err := os.WriteFile(name+".tex", []byte(document), 0o644); err != nil {
			t.Fatal(err)
		}
		if said, err := exec.Command("pdflatex", "-interaction=nonstopmode", "-halt-on-error", name+".tex").CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, said)
		}
	}
}

// The document of examples/paper has two pages with all of its figures and tables, of which nothing
// is wider than its column, and no reference is missing.
func TestPeersLaTeXPaper(t *testing.T) {
	needsPeers(t, "LaTeX")
	folder := t.TempDir()
	binary := filepath.Join(folder, "gdbench")
	if said, err := exec.Command("go", "build", "-o", binary, "../").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	build := exec.Command("../../../examples/paper/build", filepath.Join(folder, "paper"))
	build.Env = append(os.Environ(), "GDBENCH="+binary)
	said, err := build.CombinedOutput()
	if err != nil || !strings.Contains(string(said), "Output written on paper.pdf (2 pages") {
		t.Fatalf("%v\n%s", err, said)
	}
	protocol, err := os.ReadFile(filepath.Join(folder, "paper", "paper.log"))
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range []string{"Overfull", "undefined", "multiply defined"} {
		if strings.Contains(string(protocol), fault) {
			t.Errorf("%s in\n%s", fault, protocol)
		}
	}
	// Not scaled: 3.3 inches are 238.49 points of TeX.
	if n := strings.Count(string(protocol), "Requested size: 238.49"); n != 3 {
		t.Errorf("%d figures are as wide as they were drawn; expected 3", n)
	}
}
