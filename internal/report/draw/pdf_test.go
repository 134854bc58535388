package draw

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidencetest"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/plots"
	"github.com/gdbench/gdbench/internal/report/synthetic"
)

// poppler runs a program of poppler on a figure in PDF. Where there is none the test is skipped,
// except where CI promises one.
func poppler(t *testing.T, f *figure.Figure, program string, arguments ...string) string {
	t.Helper()
	return popplerOn(t, Paper{}, f, program, arguments...)
}

func popplerOn(t *testing.T, on Paper, f *figure.Figure, program string, arguments ...string) string {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		const missing = "no poppler: PDF files are not looked at; install it (Debian: apt-get install poppler-utils) or run ./test, which does"
		if os.Getenv("CI") != "" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	content, err := on.Render(f, PDF)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), f.Name+".pdf")
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	for i, a := range arguments {
		arguments[i] = strings.ReplaceAll(a, "FILE", path)
	}
	var complaints bytes.Buffer
	command := exec.Command(program, arguments...)
	command.Stderr = &complaints
	out, err := command.Output()
	if err != nil || complaints.Len() > 0 {
		t.Fatalf("%s %v: %v\n%s", program, arguments, err, complaints.String())
	}
	return string(out)
}

// A reader who copies from the PDF gets the characters that are there, whatever their code page,
// and a printer the fonts that they are set in.
func TestPDFHasItsText(t *testing.T) {
	f := gallery()[0]
	f.Title = "‖∇f‖ ≤ 10^{−8}, κ = 100, Łojasiewicz – μ₁ ∈ ℝ"
	f.Series[0].Label = "η = ½ · 2/L → 中"
	text := poppler(t, f, "pdftotext", "-layout", "FILE", "-")
	for _, want := range []string{"‖∇f‖ ≤ 10−8, κ = 100, Łojasiewicz – μ₁ ∈ ℝ", "η = ½ · 2/L → 中", "gap f − f*", "iterations",
		"10−15", "leaves", "A note that is long enough"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	fonts := strings.Split(strings.TrimSpace(poppler(t, f, "pdffonts", "FILE")), "\n")[2:]
	if len(fonts) == 0 {
		t.Error("no fonts")
	}
	for _, line := range fonts {
		if !strings.Contains(line, " yes no  yes ") { // embedded, with its characters
			t.Errorf("a font is not embedded: %s", line)
		}
	}
}

// kinds are the gallery and the figures that a run with everything has.
func kinds(t *testing.T) []*figure.Figure {
	t.Helper()
	run := evidencetest.Gather(t, synthetic.GridOfDrafts()...)
	figures := plots.Of(run, plots.Selection{}, t.Logf)
	plots.Name(figures)
	return append(append(gallery(), panelled()), figures...)
}

// Nothing in a figure is made of pixels, and its axes can be read.
func TestPDFIsVectors(t *testing.T) {
	for _, f := range kinds(t) {
		if list := strings.Split(strings.TrimSpace(poppler(t, f, "pdfimages", "-list", "FILE")), "\n"); len(list) > 2 {
			t.Errorf("%s has images:\n%s", f.Name, strings.Join(list, "\n"))
		}
		text := strings.Join(strings.Fields(poppler(t, f, "pdftotext", "FILE", "-")), " ")
		for _, want := range append([]string{f.Title, f.X.Title(), f.Y.Title()}, f.Y.Categories...) {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is missing in %s", f.Name, want, text)
			}
		}
	}
}

// The PDF looks like the PNG: bands let shine through what is below, dashes, marks and letters are
// where they are there.
func TestPDFLooksLikePNG(t *testing.T) {
	for _, f := range kinds(t) {
		// Nine dots a side: two renderers smooth the edges of letters in different ways.
		got := coarser(pdfPixels(t, f))
		if share := different(got, coarser(coarse(t, f))); share > 2*tolerated {
			t.Errorf("%s: %.3g%% of the pixels differ", f.Name, 100*share)
		}
		changed := *f
		changed.Title = "ANOTHER TITLE AS LONG AS THIS ONE"
		if share := different(got, coarser(coarse(t, &changed))); share <= 2*tolerated {
			t.Errorf("%s: another title changes only %.3g%% of the pixels", f.Name, 100*share)
		}
	}
}

// pdfPixels is the PDF of a figure as poppler renders it, at the size of coarse.
func pdfPixels(t *testing.T, f *figure.Figure) image.Image {
	t.Helper()
	picture, err := png.Decode(strings.NewReader(poppler(t, f, "pdftoppm", "-r", "192", "-png", "FILE")))
	if err != nil {
		t.Fatal(err)
	}
	return coarser(picture)
}
