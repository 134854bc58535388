package draw

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/gdbench/gdbench/internal/report/figure"
)

var update = flag.Bool("update", false, "write the golden files anew")

// coarse is a picture at a third of its size: small enough to keep, and blind to how an
// edge is smoothed.
func coarse(t *testing.T, f *figure.Figure) *image.RGBA {
	t.Helper()
	text, err := Render(f, PNG)
	if err != nil {
		t.Fatal(err)
	}
	full, err := png.Decode(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return coarser(full)
}

func coarser(full image.Image) *image.RGBA {
	const side = 3
	b := full.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx()/side, b.Dy()/side))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			var sum [3]int
			for k := range side * side {
				r, g, b, _ := full.At(b.Min.X+side*x+k%side, b.Min.Y+side*y+k/side).RGBA()
				sum[0], sum[1], sum[2] = sum[0]+int(r>>8), sum[1]+int(g>>8), sum[2]+int(b>>8)
			}
			for k := range sum {
				sum[k] /= side * side
			}
			out.SetRGBA(x, y, color.RGBA{uint8(sum[0]), uint8(sum[1]), uint8(sum[2]), 255})
		}
	}
	return out
}

// different is the share of pixels of which a colour differs clearly; 1 for pictures of
// different sizes.
func different(a, b image.Image) float64 {
	if a.Bounds() != b.Bounds() {
		return 1
	}
	const clearly = 40 << 8
	count := 0
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			r, g, b1, _ := a.At(x, y).RGBA()
			s, h, c, _ := b.At(x, y).RGBA()
			if apart(r, s) > clearly || apart(g, h) > clearly || apart(b1, c) > clearly {
				count++
			}
		}
	}
	return float64(count) / float64(a.Bounds().Dx()*a.Bounds().Dy())
}

func apart(a, b uint32) int { return max(int(a)-int(b), int(b)-int(a)) }

const tolerated = 2e-4 // of the pixels: about twenty

// Figures look as they did. After a change that is meant, look at the pictures and write
// them anew with go test ./report/draw -run Golden -update.
func TestGoldenPictures(t *testing.T) {
	for _, f := range append(gallery(), panelled()) {
		path := filepath.Join("testdata", f.Name+".png")
		got := coarse(t, f)
		if *update {
			var text bytes.Buffer
			if err := png.Encode(&text, got); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, text.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		want, err := png.Decode(file)
		if err != nil {
			t.Fatal(err)
		}
		file.Close()
		if share := different(got, want); share > tolerated {
			t.Errorf("%s: %.3g%% of the pixels differ; %.3g%% are tolerated", path, 100*share, 100*tolerated)
		}
	}
}

// What a reader would notice is noticed: a line that moved by a fiftieth of the axis, a
// colour, a mark, a label.
func TestGoldenPicturesNoticeChanges(t *testing.T) {
	for name, change := range map[string]func(f *figure.Figure){
		"a moved line": func(f *figure.Figure) {
			s := &f.Series[0]
			s.Y = []float64{4, 0.4, 4e-9, 0} // of 20 decades
		},
		"another colour": func(f *figure.Figure) { f.Series[1].Color = 2 },
		"a lost mark":    func(f *figure.Figure) { f.Series[2].Kind = figure.Line },
		"a lost band":    func(f *figure.Figure) { f.Series[0].Low, f.Series[0].High = nil, nil },
		"another label":  func(f *figure.Figure) { f.Y.Label = "value above the best" },
		"a lost rule":    func(f *figure.Figure) { f.Rules = f.Rules[:1] },
	} {
		was, is := gallery()[0], gallery()[0]
		change(is)
		if share := different(coarse(t, was), coarse(t, is)); share <= tolerated {
			t.Errorf("%s changes %.3g%% of the pixels, which is tolerated", name, 100*share)
		}
	}
}
