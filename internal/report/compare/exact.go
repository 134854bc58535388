package compare

// judgeExact compares a cost that is the same in every run of one program: any difference is
// real. It counts against NEW when it is a loss of more than the tolerance and of more than
// one count, wherever between two checks the targets were met. Across versions and toolchain
// classes rounding differs, so that the difference may have no cause in the code: it is drift,
// and only a loss beyond δ counts. So it is with costs that are read between the points of a
// run.
func (c *cell) judgeExact(m Metric, w work, s *Settings) Row {
	r := c.row(m, Exact)
	r.Goal, r.N, r.Gated = c.goalOf(), 1, true
	r.Base, r.New, r.Effect = number(w.base.high), number(w.new.high), number(w.ratio())
	r.note(onOneSide([]work{w}))
	tolerated := s.exactTolerance(c, m)
	r.Delta = number(tolerated)
	worse := func(x, y spent) bool { return y.low > x.high*(1+tolerated) && y.low > x.high+1 }
	switch {
	case w.base == w.new:
		r.Verdict = Same
	case worse(w.base, w.new):
		r.Verdict = Regressed
	case worse(w.new, w.base):
		r.Verdict = Improved
	default:
		r.Verdict = Changed
	}
	r.Drift = r.Verdict != Same && s.drifts(c)
	return r
}

// exactTolerance is the loss that a cell without randomness may have.
func (s *Settings) exactTolerance(c *cell, m Metric) float64 {
	delta, named := s.rule(c, m)
	switch between := !c.goal.succeeded(c.base[0]) || !c.goal.succeeded(c.new[0]); {
	case named, between, s.drifts(c):
		return delta
	}
	return s.Tolerance
}

// goalOf is what the costs of a cell lead to.
func (c *cell) goalOf() string {
	for i := range c.base {
		if c.goal.succeeded(c.base[i]) || c.goal.succeeded(c.new[i]) {
			return c.goal.String()
		}
	}
	return "the finest level reached"
}
