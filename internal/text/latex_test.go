package text

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLaTeX(t *testing.T) {
	for s, want := range map[string]string{
		"‖∇²f(x)⁻¹‖ ≤ 1/μ": `$\|$$\nabla$$^{2}$f(x)$^{-1}$$\|$ $\le$ 1/$\mu$`,
		"xₖ₊₁ − x₀":        `x$_{k+1}$ $-$ x$_{0}$`,
		"Aᵀr, f‴":          `A$^{T}$r, f$^{\prime \prime \prime }$`,
		"x̃ and ẑ, λ̄":     `$\tilde{x}$ and \^{z}, $\bar{\lambda }$`,
		"Łojasiewicz é ć":  `\L{}ojasiewicz \'{e} \'{c}`,
		"中 😀 ą":            `[U+4E2D] [U+1F600] [U+0105]`,
		`50% a_1 \ {x} #1`: `50\% a\_1 \textbackslash{} \{x\} \#1`,
		"γᵩ":               `$\gamma$$_{\varphi }$`,
	} {
		if got := LaTeX(s); got != want {
			t.Errorf("LaTeX(%q) = %s; expected %s", s, got, want)
		}
	}
}

// Whatever a description, a name or a message of ours is written in has a sign in LaTeX.
func TestLaTeXOfOurSigns(t *testing.T) {
	err := filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, "_test.go") || filepath.Ext(path) != ".go" && filepath.Ext(path) != ".yaml" {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, r := range string(content) {
			drawn := r >= 0x2500 && r <= 0x259f // on terminals
			if mathAccents[r] != "" {
				continue // read with the letter before it
			}
			if !drawn && r < 0xff00 && strings.Contains(LaTeX(string(r)), "[U+") && filepath.Base(path) != "latex.go" {
				t.Errorf("%s: LaTeX has no sign for %c (U+%04X)", path, r, r)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
