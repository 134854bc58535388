package archive

import (
	"bufio"
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/limit"
)

// block is an entry of an index: one function in one dimension.
type block struct {
	where     string // the place of its first line
	suite     string
	algorithm string
	function  int
	dim       int
	newFormat bool // the second column of a log counts constraints

	runsWhere string // the place of its last line
	data      string // path of the .dat in the archive
	runs      []entry
}

// entry is what an index says of a run.
type entry struct {
	instance    int
	evaluations int64 // 0: it does not say
}

// lines calls visit with the lines of a file, without blanks around them, and their numbers.
func (r *reader) lines(name string, visit func(line int, text string) error) error {
	info, err := fs.Stat(r.files, name)
	if err == nil {
		err = limit.CheckRegular(info, path.Join(r.name, name), "a text of COCO")
	}
	if err != nil {
		return err
	}
	file, err := r.files.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, 1<<22)
	line := 0
	for scanner.Scan() {
		line++
		if text := strings.TrimSpace(scanner.Text()); text != "" {
			if err := visit(line, text); err != nil {
				return err
			}
		}
	}
	if err := scanner.Err(); err != nil {
		return fmt.Errorf("%s: %w; expected lines of text, each below 4 MiB", r.place(name, line+1), err)
	}
	return nil
}

// index reads a file .info. Its entries have three lines: settings, a comment, and the runs.
func (r *reader) index(name string) ([]*block, error) {
	var blocks []*block
	var b *block
	commented := false
	last := 0
	err := r.lines(name, func(line int, text string) (err error) {
		last = line
		where := r.place(name, line)
		switch {
		case b == nil:
			if b, err = settings(where, text); err == nil {
				b.algorithm = cmp.Or(b.algorithm, path.Base(path.Dir(name)), "unknown")
			}
		case !commented:
			if commented = strings.HasPrefix(text, "%"); !commented {
				err = fmt.Errorf("%s: expected a comment that begins with %%, between the settings and the runs; found %q", where, short(text))
			}
		default:
			b.runsWhere = where
			if err = b.list(path.Dir(name), text); err == nil {
				blocks = append(blocks, b)
				b, commented = nil, false
			}
		}
		return err
	})
	if err == nil && b != nil {
		err = fmt.Errorf("%s: the file ends within an entry, which has three lines: settings, a comment with %%, and the runs; it is cut: unpack the archive again", r.place(name, last))
	}
	if err == nil && len(blocks) == 0 {
		err = fmt.Errorf("%s: the index is empty; unpack the archive again", r.place(name, 1))
	}
	return blocks, err
}

// setting is one pair of the first line of an entry: a number or a text in quotes.
var setting = regexp.MustCompile(`^\s*([A-Za-z_]\w*)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^,]*))\s*(?:,|$)`)

// settings reads the first line of an entry.
func settings(where, text string) (*block, error) {
	values := map[string]string{}
	for rest := text; strings.TrimSpace(rest) != ""; {
		m := setting.FindStringSubmatch(rest)
		if m == nil {
			return nil, fmt.Errorf("%s: expected settings such as funcId = 1, DIM = 2, Precision = 1.000e-08, algId = 'name'; found %q", where, short(rest))
		}
		values[m[1]] = cmp.Or(m[2], m[3], strings.TrimSpace(m[4]))
		rest = rest[len(m[0]):]
	}
	b := &block{where: where, algorithm: printable(values["algId"]), suite: values["suite"]}
	var err error
	if b.function, err = number(where, values, "funcId"); err != nil {
		return nil, err
	}
	if b.dim, err = number(where, values, "DIM"); err != nil {
		return nil, err
	}
	const usual = "1e-8"
	if precision, err := strconv.ParseFloat(cmp.Or(values["Precision"], usual), 64); err != nil || !(precision > 0) || precision > 1e300 {
		return nil, fmt.Errorf("%s: Precision = %s; expected a positive number, such as 1.000e-08", where, short(values["Precision"]))
	}
	const firstNoisy = 101
	if b.suite == "" {
		b.suite = Suite
		if b.function >= firstNoisy {
			b.suite = Suite + "-noisy"
		}
	}
	switch format := values["data_format"]; format {
	case "", "bbob", "bbob-old":
	case "bbob-new", "bbob-new2":
		b.newFormat = true
	default:
		return nil, fmt.Errorf("%s: data_format = '%s'; expected bbob, bbob-old, bbob-new, bbob-new2, or none", where, short(format))
	}
	return b, nil
}

// number is a setting that is a whole number from 1.
func number(where string, values map[string]string, name string) (int, error) {
	text, there := values[name]
	if !there {
		return 0, fmt.Errorf("%s: missing %s; expected settings such as funcId = 1, DIM = 2, Precision = 1.000e-08, algId = 'name'", where, name)
	}
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("%s: %s = %s; expected a whole number from 1", where, name, short(text))
	}
	return int(n), nil
}

// dimension is the part of a log's name that says its dimension.
var dimension = regexp.MustCompile(`_DIM(\d+)`)

// list reads the last line of an entry: the log and its runs.
func (b *block) list(folder, text string) error {
	parts := strings.Split(text, ",")
	log := strings.ReplaceAll(strings.TrimSpace(parts[0]), `\`, "/")
	b.data = path.Join(folder, log)
	if !fs.ValidPath(b.data) || !filepath.IsLocal(filepath.FromSlash(log)) {
		return fmt.Errorf("%s: the path %q leaves the folder of the index; expected one such as data_f1/bbobexp_f1_DIM2.dat", b.runsWhere, short(log))
	}
	if path.Ext(log) != ".dat" {
		return fmt.Errorf("%s: expected the path of a .dat, such as data_f1/bbobexp_f1_DIM2.dat; found %q", b.runsWhere, short(log))
	}
	if m := dimension.FindStringSubmatch(path.Base(log)); m != nil && strings.TrimLeft(m[1], "0") != strconv.Itoa(b.dim) {
		return fmt.Errorf("%s: the log %s is of dimension %s, but %s says DIM = %d; correct the one that is wrong", b.runsWhere, short(log), m[1], b.where, b.dim)
	}
	for _, part := range parts[1:] {
		e, err := entryOf(strings.TrimSpace(part))
		if err != nil {
			return fmt.Errorf("%s: %w", b.runsWhere, err)
		}
		b.runs = append(b.runs, e)
	}
	if len(b.runs) == 0 {
		return fmt.Errorf("%s: no run follows the name of the log; expected INSTANCE:EVALUATIONS|GAP, such as 1:2000|1.4e-02", b.runsWhere)
	}
	return nil
}

// entryOf reads instance:evaluations|gap; the latter two are missing where a run was not ended.
// The gap is not used: some loggers have subtracted the precision from it.
func entryOf(text string) (entry, error) {
	instance, rest, ended := strings.Cut(text, ":")
	i, err := strconv.ParseInt(strings.TrimSpace(instance), 10, 32)
	if err != nil || i < 1 {
		return entry{}, fmt.Errorf("run %q; expected INSTANCE:EVALUATIONS|GAP with an instance from 1, such as 1:2000|1.4e-02", short(text))
	}
	e := entry{instance: int(i)}
	if !ended {
		return e, nil
	}
	evaluations, gap, _ := strings.Cut(rest, "|")
	if e.evaluations, err = count(evaluations); err != nil {
		return e, fmt.Errorf("run %q: %w", short(text), err)
	}
	if gap != "" {
		if _, err := strconv.ParseFloat(strings.TrimSpace(gap), 64); err != nil {
			return e, fmt.Errorf("run %q: gap %q is not a number; expected one such as 1.4e-02", short(text), short(gap))
		}
	}
	return e, nil
}

// short is a text of which a message shows the beginning.
func short(text string) string {
	const room = 80
	if r := []rune(printable(text)); len(r) > room {
		return string(r[:room]) + "…"
	}
	return printable(text)
}

// printable is a name on one line, without control characters.
func printable(text string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if !strconv.IsPrint(r) {
			return ' '
		}
		return r
	}, text)), " ")
}
