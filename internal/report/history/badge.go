package history

import (
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/report/compare"
	"github.com/gdbench/gdbench/internal/text"
)

// Badge is the state of a history in a few words: the largest loss that the last run still has.
type Badge struct {
	Label   string
	Message string
	Good    bool
}

// Badge says which method is worse in the last run than it has been at its best, and since which
// run.
func (h *History) Badge() Badge {
	b := Badge{Label: "gdbench " + h.Suite, Message: "no loss in " + english.Count(len(h.Runs), "run"), Good: true}
	worst, more := 0.0, 0
	for i := range h.Trends {
		t := &h.Trends[i]
		c, best := t.loss()
		if c == nil {
			continue
		}
		more++
		end := t.Changes[len(t.Changes)-1].After
		size, said := math.Abs(elementary.Log(end/best)), fmt.Sprintf("%s of %s ×%s", t.Metric, t.Method, text.Short(end/best))
		if t.Metric == compare.SuccessMetric {
			size, said = 100+best-end, fmt.Sprintf("success of %s %s%%", t.Method, text.Short(100*end)) // before any cost
		}
		if size > worst {
			worst, b.Message = size, said+" since "+h.Runs[c.To].Name
		}
	}
	if more > 0 {
		b.Good = false
	}
	if more > 1 {
		b.Message += fmt.Sprintf(", %d more", more-1)
	}
	return b
}

// WriteJSON writes what shields.io draws from an address.
//
// https://shields.io/badges/endpoint-badge
func (b Badge) WriteJSON(w io.Writer) error {
	color := map[bool]string{true: "brightgreen", false: "orange"}[b.Good]
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(struct {
		Version int    `json:"schemaVersion"`
		Label   string `json:"label"`
		Message string `json:"message"`
		Color   string `json:"color"`
	}{1, b.Label, b.Message, color})
}

// advance is the mean width of a character of the badge, in pixels; textLength makes any font
// keep to it.
const advance = 6.6

// badgePicture is the usual two fields. The colours have a contrast of at least 4.5 with white.
var badgePicture = template.Must(template.New("badge").Parse(`<svg xmlns="http://www.w3.org/2000/svg" width="{{.Width}}" height="20" role="img" aria-label="{{.Label}}: {{.Message}}">
<title>{{.Label}}: {{.Message}}</title>
<rect width="{{.Width}}" height="20" rx="3" fill="{{.Color}}"/>
<path d="M3 0h{{.Inner}}v20h-{{.Inner}}a3 3 0 0 1-3-3v-14a3 3 0 0 1 3-3z" fill="#484848"/>
<g fill="#fff" font-family="Verdana,'DejaVu Sans',Geneva,sans-serif" font-size="11" text-anchor="middle">
<text x="{{.LabelAt}}" y="14" textLength="{{.LabelLength}}" lengthAdjust="spacingAndGlyphs">{{.Label}}</text>
<text x="{{.MessageAt}}" y="14" textLength="{{.MessageLength}}" lengthAdjust="spacingAndGlyphs">{{.Message}}</text>
</g>
</svg>
`))

// WriteSVG draws the badge.
func (b Badge) WriteSVG(w io.Writer) error {
	const margin = 6
	long := func(s string) int { return int(math.Ceil(advance * float64(len([]rune(s))))) }
	left, right := long(b.Label)+2*margin, long(b.Message)+2*margin
	return badgePicture.Execute(w, map[string]any{
		"Label": text.XML(b.Label), "Message": text.XML(b.Message), "Width": left + right, "Inner": left - 3,
		"LabelAt": float64(left) / 2, "LabelLength": left - 2*margin,
		"MessageAt": float64(2*left+right) / 2, "MessageLength": right - 2*margin,
		"Color": map[bool]string{true: "#2b7a0b", false: "#b34700"}[b.Good],
	})
}
