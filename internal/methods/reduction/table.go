package reduction

import (
	"fmt"

	"github.com/gdbench/gdbench/internal/vec"
)

// table remembers the last gradient of every sample, at first that at the start, and
// their mean.
type table struct {
	draw
	rows [][]float64 // ∇fᵢ where it was last evaluated
	mean []float64
	news [][]float64 // gradients of the samples of this step

	start []float64 // x₀, where the table was filled; nil once x has left it
	asked []int     // the last step that asked for each sample, and
	place []int     // where in news its gradient is
	step  int
}

func (m *table) begin(o *oracle, at *iterate) error {
	if err := m.draw.begin(o); err != nil {
		return err
	}
	n, samples := len(at.X), o.Samples()
	if err := o.NeedDense(samples); err != nil {
		return fmt.Errorf("a table of %d gradients in %d variables %w; svrg keeps one gradient instead", samples, n, err)
	}
	m.mean, m.news = make([]float64, n), nil
	m.grow(1, n)
	m.rows = make([][]float64, samples)
	m.start = append([]float64(nil), at.X...)
	m.asked, m.place, m.step = make([]int, samples), make([]int, samples), 0
	all := make([]float64, samples*n)
	for i := range m.rows {
		m.rows[i] = all[i*n : (i+1)*n]
		m.one[0] = int32(i)
		if err := m.gradient(at.X, m.rows[i], m.one); err != nil {
			return err
		}
		vec.AddScaled(m.mean, m.mean, 1/float64(samples), m.rows[i])
	}
	return nil
}

// grow makes room for the gradients of a batch; after the first batch there is enough.
func (m *table) grow(batch, n int) {
	for len(m.news) < batch {
		m.news = append(m.news, make([]float64, n))
	}
}

// look evaluates the gradients of samples at x, each once.
func (m *table) look(x []float64, samples []int32) error {
	m.grow(len(samples), len(x))
	m.step++
	if m.start != nil && !vec.SameBits(x, m.start) {
		m.start = nil
	}
	for k, i := range samples {
		switch {
		case m.start != nil:
			copy(m.news[k], m.rows[i])
		case m.asked[i] == m.step: // drawn twice
			copy(m.news[k], m.news[m.place[i]])
		default:
			if err := m.gradient(x, m.news[k], samples[k:k+1]); err != nil {
				return err
			}
			m.asked[i], m.place[i] = m.step, k
		}
	}
	return nil
}

// remember puts what look has found into the table.
func (m *table) remember(samples []int32) {
	share := 1 / float64(len(m.rows))
	for k, i := range samples {
		vec.AddScaled(m.mean, m.mean, share, m.news[k])
		vec.AddScaled(m.mean, m.mean, -share, m.rows[i])
		copy(m.rows[i], m.news[k])
	}
}
