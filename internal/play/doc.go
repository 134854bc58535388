// Package play answers the questions of the playground: what a few descents do on a function of
// one or two variables, step by step, with the sentences and the theorems that gdbench has for
// them. A request and its answer are JSON, so that the page is the same whether the program
// behind it is gdbench or its WebAssembly in the browser.
//
// A request is turned into a suite, and its descents are those of `gdbench run`: the page shows
// nothing that the suite, which comes with the answer, does not give again.
//
// What a request may ask for is limited: few methods, few iterations, no files and no processes.
// A descent that does not end is stopped with its context.
package play

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Request is a question of the page.
type Request struct {
	Ask   string `json:"ask"` // run or offers
	Setup Setup  `json:"setup"`
}

// The questions.
const (
	askRun    = "run"
	askOffers = "offers"
)

// Reply is the answer to a request; Error is in words where there is none.
type Reply struct {
	Error  string  `json:"error,omitempty"`
	Record *Record `json:"record,omitempty"`
	Offers *Offers `json:"offers,omitempty"`
}

// mostBytes is the length of a request; formulas are shorter.
const mostBytes = 1 << 18

// Answer reads a request and writes the reply, both JSON. The same request has the same reply,
// byte for byte, on every platform.
func Answer(ctx context.Context, request io.Reader) []byte {
	reply, err := answer(ctx, request)
	if err != nil {
		reply = &Reply{Error: strings.ToValidUTF8(err.Error(), "\uFFFD")}
	}
	text, err := json.Marshal(reply)
	if err != nil {
		text, _ = json.Marshal(&Reply{Error: err.Error()})
	}
	return text
}

func answer(ctx context.Context, request io.Reader) (*Reply, error) {
	decoder := json.NewDecoder(io.LimitReader(request, mostBytes))
	decoder.DisallowUnknownFields()
	var r Request
	if err := decoder.Decode(&r); err != nil {
		return nil, fmt.Errorf("the request is not understood: %w", err)
	}
	switch r.Ask {
	case askRun:
		record, err := Run(ctx, r.Setup)
		return &Reply{Record: record}, err
	case askOffers:
		offers, err := allOffers()
		return &Reply{Offers: offers}, err
	}
	return nil, fmt.Errorf("ask: found %q; expected %s or %s", r.Ask, askRun, askOffers)
}
