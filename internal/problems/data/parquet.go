//go:build !js

package data

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/gdbench/gdbench/internal/limit"
	"github.com/parquet-go/parquet-go"
)

// readParquet reads a Parquet file of flat columns: numbers, booleans and texts. Its columns have
// the roles that those of a text have.
func readParquet(path string, t *table) (s *Samples, err error) {
	defer func() {
		if v := recover(); v != nil { // the library panics on some damaged files
			s, err = nil, fmt.Errorf("%s: damaged Parquet file: %v", path, v)
		}
	}()
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	file, err := parquet.OpenFile(f, info.Size())
	if err != nil {
		return nil, fmt.Errorf("%s: %w; is the Parquet file complete?", path, err)
	}
	t.form = &form{decimal: '.', header: true, found: []string{"a Parquet file"}}
	for _, field := range file.Schema().Fields() {
		if !field.Leaf() || field.Repeated() {
			return nil, wrong(path, "column %q is nested; expected columns of numbers, booleans and texts", field.Name())
		}
		t.names = append(t.names, field.Name())
	}
	if len(t.names) < 2 {
		return nil, wrong(path, "one column only; expected features and a label")
	}
	if err := t.assignRoles(len(t.names)); err != nil {
		return nil, err
	}
	rows, columns := file.NumRows(), int64(len(t.names))
	if rows > int64(maxValues())/columns {
		return nil, wrong(path, "%d rows of %d columns: the data set is too large: %s", rows, columns, tooLarge())
	}
	if limit.Inflates(8*rows*columns, info.Size()) {
		return nil, wrong(path, "%d rows of %d columns in a file of %d bytes: %v", rows, columns, info.Size(), limit.TooInflated())
	}
	for _, group := range file.RowGroups() {
		if err := t.addGroup(group); err != nil {
			return nil, placed(path, err)
		}
	}
	return t.samples()
}

func (t *table) addGroup(group parquet.RowGroup) error {
	rows := group.Rows()
	defer rows.Close()
	var buffer [128]parquet.Row
	for {
		n, err := rows.ReadRows(buffer[:])
		for _, row := range buffer[:n] {
			if len(t.cells) > maxValues() {
				return errors.New("the data set is too large: " + tooLarge())
			}
			if len(row) != len(t.columns) {
				return fmt.Errorf("row %d has %d values; expected %d", len(t.lines)+1, len(row), len(t.columns))
			}
			for j, v := range row {
				t.cells = append(t.cells, t.columns[j].read(t, j, len(t.lines), fieldOf(v)))
			}
			t.lines = append(t.lines, len(t.lines)+1)
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
	}
}

// fieldOf is a value as it would be written in a text.
func fieldOf(v parquet.Value) string {
	switch {
	case v.IsNull():
		return ""
	case v.Kind() == parquet.Float:
		return strconv.FormatFloat(float64(v.Float()), 'g', -1, 64)
	case v.Kind() == parquet.Double:
		return strconv.FormatFloat(v.Double(), 'g', -1, 64)
	case v.Kind() == parquet.Boolean:
		return strconv.FormatBool(v.Boolean())
	case v.Kind() == parquet.ByteArray, v.Kind() == parquet.FixedLenByteArray:
		return string(v.ByteArray())
	}
	return v.String()
}
