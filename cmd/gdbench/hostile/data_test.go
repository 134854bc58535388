//go:build unix

package hostile

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
)

func dataAttack(w *words) attack {
	name := of(w, "data.csv", "data.txt", "data", "data.libsvm", "data.tsv", "data.parquet", "data.csv.gz", "data.json", "ä b.csv")
	content := w.table()
	if w.IntN(3) == 0 {
		content = w.breakText(content)
	}
	if strings.HasSuffix(name, ".gz") {
		content = w.compressed(content)
	}
	a := attack{files: map[string]string{name: content}, args: []string{"data", name}}
	for range w.IntN(3) {
		a.args = append(a.args, "--set", strings.ReplaceAll(of(w, "label", "drop", "use", "missing", "comment", "decimal", "categories", "file", "header")+
			"="+of(w, "y", "[a]", "drop", "','", "'#'", "1", w.scalar()), "\x00", ""))
	}
	if w.IntN(3) == 0 {
		a.long = true
		a.args = []string{"try", of(w, "logistic", "least-squares", "lasso", "softmax", "svm", "mlp"), "--set", "data=" + of(w, name, "{file: "+name+", label: y}", "{file: "+name+"}")}
	}
	return a
}

// table is a file of numbers and words, in one of the ways in which people write them.
func (w *words) table() string {
	switch w.IntN(10) {
	case 0: // LIBSVM
		var b strings.Builder
		for range 1 + w.IntN(20) {
			fmt.Fprintf(&b, "%s %s:%s %d:1\n", of(w, "1", "-1", "+1", "0.5", "x", ""), of(w, "1", "0", "-1", "2147483648", "99999999", "a"), of(w, "1", "nan", "1e999", ""), 2+w.IntN(3))
		}
		return b.String()
	case 1:
		junk := make([]byte, w.IntN(5000))
		for i := range junk {
			junk[i] = byte(w.IntN(256))
		}
		return string(junk)
	case 2:
		return of(w, "", "\n", "\n\n\n", ",", "a,b,c\n", "PAR1", "PAR1xxxxPAR1", "\x1f\x8b", "\ufeff", "\x00", "1", strings.Repeat(",", 100_000), strings.Repeat("1,", 100_000)+"1\n",
			strings.Repeat("(", 1<<20), "\xff\xfea\x00,\x00b\x00\n\x001\x00,\x002\x00\n\x00", "x\n"+strings.Repeat("1\n", 300_000), "\"a\n1,2\n3,4\n")
	}
	separator := of(w, ",", ";", "\t", " ", "  ", "|", ", ")
	columns := 1 + w.IntN(6)
	rows := [][]string{}
	if w.IntN(3) > 0 {
		rows = append(rows, strings.Fields("a b y c d e")[:columns])
	}
	for range 1 + w.IntN(40) {
		row := make([]string, columns)
		for j := range row {
			row[j] = fmt.Sprintf("%.3g", w.NormFloat64())
			if w.IntN(12) == 0 {
				row[j] = of(w, "", "?", "NA", "nan", "inf", "-", "1,5", "1.5.2", "yes", "\"q\"", "\"q", "1e400", "0x1p3", "١", "<b>", "\x1b[1m", strings.Repeat("9", 400), "True")
			}
		}
		if w.IntN(15) == 0 {
			row = append(row, "7")
		}
		rows = append(rows, row)
	}
	var b strings.Builder
	for _, row := range rows {
		b.WriteString(strings.Join(row, separator) + of(w, "\n", "\n", "\n", "\r\n", separator+"\n"))
	}
	return b.String()
}

// compressed is what gzip makes of a text; some of it unpacks to far more than it takes, some is cut.
func (w *words) compressed(text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	switch w.IntN(4) {
	case 0:
		block := []byte(strings.Repeat("1,2,3,4\n", 1<<17))
		for range of(w, 1, 100, 600) {
			z.Write(block)
		}
	case 1:
		block := bytes.Repeat([]byte{'1'}, 1<<20)
		for range of(w, 1, 600) {
			z.Write(block)
		}
	default:
		z.Write([]byte(text))
	}
	z.Close()
	if w.IntN(3) == 0 {
		return b.String()[:w.IntN(b.Len())]
	}
	return b.String()
}
