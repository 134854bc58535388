package table

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"strings"
	"testing"
)

var inf, nan = math.Inf(1), math.NaN()

func example() *Table {
	return &Table{Name: "example", Title: "An example",
		Columns: []Column{{Name: "method"}, {Name: "reached"}, {Name: "cost", Unit: "gradients"}, {Name: "ERT"}, {Name: "gap"}},
		Rows: [][]Cell{
			{Text("a_b & c | d"), Share{3, 4}, Quartiles{10, 8, inf}, Interval{12.5, 10, inf}, Number(4.5678e-9)},
			{Text("plain"), Share{}, Quartiles{nan, nan, nan}, Interval{nan, nan, nan}, Number(nan)},
			{Text("<img onerror=x>"), Share{1, 1}, Quartiles{7, 7, 7}, Interval{1, 1, 1}, Number(inf)},
		},
		Notes: []string{"One note."}}
}

func written(t *testing.T, format Format, tables ...*Table) string {
	t.Helper()
	var b strings.Builder
	if err := Write(&b, format, tables...); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestText(t *testing.T) {
	want := `An example
method           reached  cost (gradients)          ERT      gap
────────────────────────────────────────────────────────────────
a_b & c | d          3/4        10 [8, ∞]  12.5 (10–∞)  4.57e-9
plain                  –                –            –        –
<img onerror=x>      1/1                7      1 (1–1)        ∞
One note.
`
	got := written(t, TextFormat, example())
	strip := func(s string) string { // the width of the rule is the library's affair
		lines := strings.Split(s, "\n")
		lines[2] = "─"
		for i, line := range lines {
			lines[i] = strings.Join(strings.Fields(line), " ")
		}
		return strings.Join(lines, "\n")
	}
	if strip(got) != strip(want) {
		t.Errorf("found\n%s", got)
	}
}

func TestGrouped(t *testing.T) {
	grouped := &Table{Title: "Title", Grouped: true, Columns: []Column{{Name: "problem"}, {Name: "method"}, {Name: "n"}},
		Rows: [][]Cell{{Text("one, with a long name"), Text("a"), Count(1)}, {Text("one, with a long name"), Text("b"), Count(22)}, {Text("two"), Text("a"), Count(3)}}}
	want := []string{"Title", "method   n", "──────────────", "one, with a long name", "a        1", "b       22", "two", "a        3", ""}
	got := strings.Split(written(t, TextFormat, grouped), "\n")
	for i, line := range want {
		if i != 2 && (i >= len(got) || got[i] != line) {
			t.Errorf("line %d of %q; expected %q", i, got, line)
		}
	}
}

func TestMarkdownEscapesBars(t *testing.T) {
	got := written(t, MarkdownFormat, example())
	if !strings.Contains(got, `a\_b &amp; c &#124; d`) || !strings.Contains(got, "| ---:") {
		t.Errorf("found\n%s", got)
	}
}

func TestCSVIsComplete(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(written(t, CSVFormat, example()))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(rows[0], ";"); got != "method;reached;reached of;cost median;cost q1;cost q3;ERT estimate;ERT low;ERT high;gap" {
		t.Error(got)
	}
	if got := strings.Join(rows[1], ";"); got != "a_b & c | d;3;4;10;8;inf;12.5;10;inf;4.5678e-09" {
		t.Error(got)
	}
	if got := strings.Join(rows[2], ";"); got != "plain;0;0;;;;;;;" {
		t.Error(got)
	}
}

func TestJSON(t *testing.T) {
	var read []struct {
		Name  string
		Notes []string
		Rows  []map[string]any
	}
	text := written(t, JSONFormat, example(), &Table{Name: "empty"})
	if err := json.Unmarshal([]byte(text), &read); err != nil {
		t.Fatal(err)
	}
	if len(read) != 2 || read[1].Rows == nil || read[1].Notes == nil {
		t.Errorf("found %s", text)
	}
	row := read[0].Rows[0]
	if row["cost median"] != 10.0 || row["cost q3"] != "inf" || row["gap"] != 4.5678e-9 || read[0].Rows[1]["gap"] != nil {
		t.Errorf("found %v", row)
	}
	if i, j := strings.Index(text, `"method"`), strings.Index(text, `"gap"`); i > j {
		t.Error("the keys have lost the order of the columns")
	}
}

func TestLaTeX(t *testing.T) {
	got := written(t, LaTeXFormat, example())
	for _, want := range []string{`\begin{tabular}{lrrrr}`, `a\_b \& c $|$ d & 3/4 & 10 [8, $\infty$]`, `\toprule`, `\bottomrule`, "One note."} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is missing in\n%s", want, got)
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	if err := Write(&strings.Builder{}, "doc", example()); err == nil || !strings.Contains(err.Error(), "tex") {
		t.Errorf("%v; expected the formats there are", err)
	}
}

// Words go on below where a line has no room for them; those that are too long break behind a sign.
func TestWidth(t *testing.T) {
	narrow := &Table{Title: "T", Columns: []Column{{Name: "problem"}, {Name: "method"}, {Name: "cost"}},
		Rows: [][]Cell{{Text("p"), Text("descent step=steepest(norm=quadratic)"), Number(12)}, {Text("q"), Text("newton"), Number(3)}}}
	want := "T\nproblem  method            cost\n─────────────────────────────────\np        descent             12\n         step=steepest(\n         norm=quadratic)\nq        newton               3\n"
	narrow.Width = 33
	if got := asText(t, narrow); got != want {
		t.Errorf("found\n%s\nexpected\n%s", got, want)
	}
	narrow.Width = 80
	if got := asText(t, narrow); !strings.Contains(got, "descent step=steepest(norm=quadratic)    12") {
		t.Errorf("%s", got)
	}
}

func asText(t *testing.T, tab *Table) string {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, TextFormat, tab); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// The best are bold where a medium has that, starred where it has not, and a column of their own for
// programs; a wide table takes both columns of a page.
func TestMarked(t *testing.T) {
	wide := &Table{Name: "w", Wide: true, Columns: []Column{{Name: "problem"}, {Name: "some method"}},
		Rows: [][]Cell{{Text("p"), Marked{Quartiles{2, 1, inf}, true}}, {Text("q"), Marked{Quartiles{3, 3, 3}, false}}}}
	for format, want := range map[Format][]string{
		TextFormat:     {"2 [1, ∞] *", "  3\n"},
		MarkdownFormat: {"| **2 [1, ∞]** |", "| 3 |"},
		LaTeXFormat:    {`p & \textbf{2 [1, $\infty$]} \\`, `q & 3 \\`, `\begin{table*}`, `\end{table*}`, `problem & \shortstack[r]{some\\method} \\`},
		CSVFormat:      {"problem,some method median,some method q1,some method q3,some method best\np,2,1,inf,true\nq,3,3,3,false\n"},
	} {
		got := written(t, format, wide)
		for _, part := range want {
			if !strings.Contains(got, part) {
				t.Errorf("%s: %q is missing in\n%s", format, part, got)
			}
		}
	}
}
