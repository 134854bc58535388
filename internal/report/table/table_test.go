package table

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf8"
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

// A table of bounded width has no longer line, whatever its cells, and loses no cell: what has no
// room follows in a further block, whose rows begin with the same words. Without a bound nothing is
// broken.
func TestBlocks(t *testing.T) {
	wide := &Table{Title: strings.Repeat("title ", 20), Notes: []string{strings.Repeat("note ", 40)}, Columns: []Column{{Name: "problem"}, {Name: "method"}}}
	row := []Cell{Text("a problem with a long name"), Text("method")}
	for i := range 9 {
		wide.Columns = append(wide.Columns, Column{Name: fmt.Sprint("cost ", i)})
		row = append(row, Quartiles{Median: 123.4 + float64(i), Q1: 100, Q3: 200})
	}
	wide.Columns, row = append(wide.Columns, Column{Name: "said"}), append(row, Text(strings.Repeat("because ", 30)))
	wide.Rows = [][]Cell{row}
	unbroken := written(t, TextFormat, wide)
	if lines := strings.Split(unbroken, "\n"); len(lines) != 6 || len(lines[3]) < 300 {
		t.Errorf("without a bound\n%s", unbroken)
	}
	wide.Width = 100
	broken := written(t, TextFormat, wide)
	for _, line := range strings.Split(broken, "\n") {
		if n := utf8.RuneCountInString(line); n > 100 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	words := func(s string) map[string]int {
		out := map[string]int{}
		for _, word := range strings.Fields(s) {
			out[word]++
		}
		return out
	}
	found := words(broken)
	for word, n := range words(unbroken) {
		if found[word] < n && !strings.HasPrefix(word, "─") {
			t.Errorf("%q is there %d times; expected %d", word, found[word], n)
		}
	}
	if found["problem"] < 3 || found["method"] < 3 {
		t.Errorf("the blocks do not begin with the names of the rows:\n%s", broken)
	}
}

// A file has the whole of a long text, in lines, and a terminal its ends. A word of many pages is
// broken, and neither takes long.
func TestFilesHaveTheWholeOfLongTexts(t *testing.T) {
	for name, text := range map[string]string{
		"words": strings.Repeat("word ", 20000), "a formula": strings.Repeat("f(x=", 20000), "one word": strings.Repeat("x", 80000),
	} {
		made := &Table{Width: 100, Columns: []Column{{Name: "problem"}, {Name: "n"}}, Rows: [][]Cell{{Text(text), Count(3)}}}
		has := func(shown string) bool {
			return strings.Contains(strings.NewReplacer("3", "", " ", "", "\n", "").Replace(shown), strings.ReplaceAll(text, " ", ""))
		}
		if shown := written(t, TextFormat, made); has(shown) || len(shown) > 20000 {
			t.Errorf("%s: %d bytes on a terminal", name, len(shown))
		}
		made.Whole = true
		shown := written(t, TextFormat, made)
		if !has(shown) {
			t.Errorf("%s: a file has not all of it", name)
		}
		for _, line := range strings.Split(shown, "\n") {
			if n := utf8.RuneCountInString(line); n > 4100 {
				t.Errorf("%s: a line of %d", name, n)
			}
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

// A row that begins with a bracket is no option of the command before it, in the first row or a later one.
func TestLaTeXRowsAreNoOptions(t *testing.T) {
	table := &Table{Name: "t", Columns: []Column{{Name: "method"}, {Name: "runs"}}, Rows: [][]Cell{{Text("[a]"), Count(1)}, {Text("中"), Count(2)}}}
	got := written(t, LaTeXFormat, table)
	for _, row := range []string{"\\midrule\n{}[a] & 1 ", "\n{}[U+4E2D] & 2 "} {
		if !strings.Contains(got, row) {
			t.Errorf("%q is missing in\n%s", row, got)
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
