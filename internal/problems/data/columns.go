package data

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/text"
)

// What a column is, is said by the suite or assumed. What may be meant in two ways is refused, and
// what is assumed is in a note.

// assignRoles makes the columns, and finds those that the suite names.
func (t *table) assignRoles(columns int) error {
	t.columns = make([]column, columns)
	for j := range t.columns {
		t.columns[j].counts = unset
	}
	var err error
	if t.label, err = t.findLabel(); err != nil {
		return err
	}
	if len(t.Use) > 0 {
		for j := range t.columns {
			t.columns[j].role = dropped
		}
	}
	for _, list := range []struct {
		key     string
		columns []string
		role    role
	}{{"use", t.Use, feature}, {"drop", t.Drop, dropped}, {"categories", t.Categories, category}} {
		for _, name := range list.columns {
			j, err := t.find(list.key, name)
			if err != nil {
				return err
			}
			if j == t.label && list.role != feature {
				return t.errorf(j, "%s: column %s is the label; name another one with label", list.key, t.numbered(j))
			}
			if list.role == category && t.columns[j].role == dropped {
				return t.errorf(j, "categories: column %s is left out by use or drop", t.numbered(j))
			}
			t.columns[j].role = list.role
		}
	}
	t.columns[t.label].role = label
	return nil
}

// findLabel is the index of the label column.
func (t *table) findLabel() (int, error) {
	if t.Label == "" {
		return t.assumeLabel()
	}
	return t.find("label", t.Label)
}

// find is the index of a column that a key names.
func (t *table) find(key, reference string) (int, error) {
	name, named := strings.CutPrefix(reference, "name:")
	number, numbered := strings.CutPrefix(reference, "number:")
	i, err := strconv.Atoi(number)
	byNumber := err == nil && !named && i >= 1 && i <= len(t.columns)
	places := t.called(name)
	if numbered {
		places = nil
	}
	switch {
	case len(places) > 1:
		return 0, t.errorf(places[1], "columns %s are all named %q; write %s: number:%d for the first of them", listed(places), name, key, places[0]+1)
	case len(places) == 1 && byNumber && places[0] != i-1:
		return 0, t.errorf(places[0], "%s: %s may be column %d, which is named %q, or column %d, which is named %q; write %s: number:%s or %s: name:%s",
			key, reference, i, t.names[i-1], places[0]+1, t.names[places[0]], key, number, key, name)
	case len(places) == 1:
		return places[0], nil
	case byNumber:
		return i - 1, nil
	case t.names == nil:
		return 0, t.errorf(0, "%s: no column %q; the file has no header, so expected a number from 1 to %d, which is the last", key, reference, len(t.columns))
	case err == nil && !named:
		return 0, t.errorf(0, "%s: no column %q; columns count from 1, and %d is the last", key, reference, len(t.columns))
	}
	return 0, t.errorf(0, "%s: no column %q%s", key, reference, text.Suggest(reference, t.names))
}

// called lists the columns of a name.
func (t *table) called(name string) []int {
	var at []int
	for j, n := range t.names {
		if n == name {
			at = append(at, j)
		}
	}
	return at
}

// assumeLabel is the label column where the suite does not name it: the one named label, else the
// last one that may be it.
func (t *table) assumeLabel() (int, error) {
	switch at := t.called("label"); {
	case len(at) > 1:
		return 0, t.errorf(at[1], "columns %s are all named \"label\"; write label: number:%d for the first of them", listed(at), at[0]+1)
	case len(at) == 1:
		t.assumed = "by its name"
		return at[0], nil
	}
	last := len(t.columns) - 1
	for last > 0 && t.nameless(last) { // behind a separator at the end of each line
		last--
	}
	t.assumed = "as the last one"
	for j, name := range t.names[:max(0, min(last, len(t.names)))] {
		if slices.Contains([]string{"label", "target", "class", "y"}, strings.ToLower(name)) {
			t.assumed += fmt.Sprintf("; should it be %q, write label: %s", t.names[j], name)
			break
		}
	}
	return last, nil
}

// nameless reports whether column j has no name where the others have.
func (t *table) nameless(j int) bool { return t.names != nil && t.names[j] == "" }

// listed are columns counted from 1.
func listed(at []int) string {
	var out []string
	for _, j := range at {
		out = append(out, strconv.Itoa(j+1))
	}
	return strings.Join(out, ", ")
}

// reference names column j as a suite would: by its name where that is enough.
func (t *table) reference(j int) string {
	name := t.nameOf(j)
	if _, err := strconv.Atoi(name); name == "" || err == nil || len(t.called(name)) > 1 || strings.HasPrefix(name, "name:") || strings.HasPrefix(name, "number:") {
		return "number:" + strconv.Itoa(j+1)
	}
	return name
}

func (t *table) nameOf(j int) string {
	if t.names == nil {
		return ""
	}
	return t.names[j]
}

// numbered is a column by its number, and its name where it has one.
func (t *table) numbered(j int) string {
	if name := t.nameOf(j); name != "" {
		return fmt.Sprintf("%d (%s)", j+1, quote(name))
	}
	return strconv.Itoa(j + 1)
}
