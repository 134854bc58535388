package export

import (
	"io"

	"github.com/parquet-go/parquet-go"
)

// writeParquet writes the long table as Parquet, compressed, with one type a column.
func writeParquet(j *job) error {
	l, err := j.survey()
	if err != nil {
		return err
	}
	s := newParquetSheet(j.Out, l.columns(), nil)
	if err := j.writeLong(l, s); err != nil {
		return err
	}
	return s.close()
}

// groupRows is the size of a row group: what is in memory before it is written.
const groupRows = 1 << 17

// parquetSheet writes a table column by column.
type parquetSheet struct {
	writer  *parquet.GenericWriter[any] // its schema is given: rows are written by columns
	columns []column
	writers []*parquet.ColumnWriter
	values  []parquet.Value // of one column of one cell
	pending int             // rows of the group
}

// fields are columns in their own order: a parquet.Group would sort them by name.
type fields struct {
	parquet.Group
	ordered []parquet.Field
}

func (f *fields) Fields() []parquet.Field { return f.ordered }

func newParquetSheet(out io.Writer, columns []column, metadata map[string]string) *parquetSheet {
	group := parquet.Group{}
	for _, c := range columns {
		group[c.name] = parquet.Optional(leaf(c.kind))
	}
	byName := map[string]parquet.Field{}
	for _, f := range group.Fields() {
		byName[f.Name()] = f
	}
	root := &fields{Group: group}
	for _, c := range columns {
		root.ordered = append(root.ordered, byName[c.name])
	}
	options := []parquet.WriterOption{parquet.NewSchema("runs", root), parquet.Compression(&parquet.Zstd),
		parquet.CreatedBy("gdbench", "", ""), parquet.PageBufferSize(1 << 18)}
	for key, text := range metadata {
		options = append(options, parquet.KeyValueMetadata(key, text))
	}
	w := parquet.NewGenericWriter[any](out, options...)
	return &parquetSheet{writer: w, columns: columns, writers: w.ColumnWriters()}
}

// leaf is the type of a column. Texts repeat, and so do whole numbers.
func leaf(k kind) parquet.Node {
	switch k {
	case boolean:
		return parquet.Leaf(parquet.BooleanType)
	case whole:
		return parquet.Encoded(parquet.Int(64), &parquet.RLEDictionary)
	case number:
		return parquet.Leaf(parquet.DoubleType)
	}
	return parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
}

func (s *parquetSheet) rows(shared []value, each [][]value) error {
	ofCell, ofRow := 0, 0
	for i, w := range s.writers {
		s.values = s.values[:0]
		if s.columns[i].of != nil {
			v := parquetValue(shared[ofCell], i)
			ofCell++
			for range each {
				s.values = append(s.values, v)
			}
		} else {
			for _, row := range each {
				s.values = append(s.values, parquetValue(row[ofRow], i))
			}
			ofRow++
		}
		if _, err := w.WriteRowValues(s.values); err != nil {
			return err
		}
	}
	if s.pending += len(each); s.pending < groupRows {
		return nil
	}
	s.pending = 0
	return s.writer.Flush()
}

// close writes what is left. A table without rows has its columns all the same.
func (s *parquetSheet) close() error { return s.writer.Close() }

func parquetValue(v value, column int) parquet.Value {
	const present = 1
	switch v.kind {
	case boolean:
		return parquet.BooleanValue(v.whole == 1).Level(0, present, column)
	case whole:
		return parquet.Int64Value(v.whole).Level(0, present, column)
	case number:
		return parquet.DoubleValue(v.number).Level(0, present, column)
	case words:
		return parquet.ByteArrayValue([]byte(v.text)).Level(0, present, column)
	}
	return parquet.NullValue().Level(0, 0, column)
}
