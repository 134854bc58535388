package data

import (
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/problems"
)

// embedded is a data set inside the program.
type embedded struct{ name string }

// Load reads the samples from the program's own copy.
func (e *embedded) Load(problems.Env) (*Samples, error) {
	return loadOnce(*e, func() (*Samples, error) {
		f, err := files.Open("embedded/" + e.name + ".csv.gz")
		if err != nil {
			return nil, err
		}
		defer f.Close()
		format := new(CSV)
		if err := param.SetDefaults(format); err != nil {
			return nil, err
		}
		samples, err := readCompressed("embedded", f, newTable(format, e.name))
		if err == nil {
			samples.Notes = nil // nothing of it is assumed
		}
		return samples, err
	})
}

func init() {
	const uci = "UCI Machine Learning Repository, CC BY 4.0"
	for name, info := range map[string]problems.Info{
		"iris": {
			Summary: "150 irises, 4 lengths and widths, 3 species",
			Source:  "R. A. Fisher 1936; " + uci, DOI: "10.24432/C56C76",
		},
		"wine": {
			Summary: "178 wines, 13 chemical measurements, 3 cultivars",
			Source:  "S. Aeberhard and M. Forina 1992; " + uci, DOI: "10.24432/C5PC7J",
		},
		"breast-cancer": {
			Summary: "569 tumours, 30 measurements of cell nuclei; 1 benign, 0 malignant",
			Source:  "W. Wolberg, O. Mangasarian, N. Street and W. Street 1993; " + uci, DOI: "10.24432/C5DW2B",
		},
		"digits": {
			Summary: "1797 handwritten digits of 8×8 pixels, 10 classes",
			Source:  "E. Alpaydin and C. Kaynak 1998; " + uci, DOI: "10.24432/C50P49",
		},
		"diabetes": {
			Summary: "442 patients, 10 measurements, progression of the disease after a year",
			Source:  "B. Efron, T. Hastie, I. Johnstone and R. Tibshirani, Annals of Statistics 32 (2004) 407–499", DOI: "10.1214/009053604000000067",
		},
	} {
		Register(name, info, func() Set { return &embedded{name} })
	}
}
