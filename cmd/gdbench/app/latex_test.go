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
	if os.Getenv("GDBENCH_PEERS") == "" {
		t.Skip("needs LaTeX; ./test --peers runs it")
	}
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
