package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"runtime/debug"
	"strings"
	"time"
)

// A bill of materials in the JSON form of CycloneDX 1.5, with the fields that its consumers
// match against lists of vulnerabilities: https://cyclonedx.org/docs/1.5/json/
type bill struct {
	Format       string       `json:"bomFormat"`
	Spec         string       `json:"specVersion"`
	Serial       string       `json:"serialNumber"`
	Version      int          `json:"version"`
	Metadata     metadata     `json:"metadata"`
	Components   []component  `json:"components"`
	Dependencies []dependency `json:"dependencies"`
}

type metadata struct {
	Timestamp string    `json:"timestamp"`
	Component component `json:"component"`
}

type component struct {
	Type       string     `json:"type"`
	Ref        string     `json:"bom-ref"`
	Name       string     `json:"name"`
	Version    string     `json:"version"`
	URL        string     `json:"purl"`
	Hashes     []hash     `json:"hashes,omitempty"`
	Properties []property `json:"properties,omitempty"`
}

type hash struct {
	Algorithm string `json:"alg"`
	Content   string `json:"content"` // hexadecimal
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type dependency struct {
	Ref       string   `json:"ref"`
	DependsOn []string `json:"dependsOn"`
}

// materials lists the modules that the linker put into a binary, and the standard library.
// The serial number is a hash of the content, for the same release has the same bill.
func (s *source) materials(info *debug.BuildInfo, platform string) *bill {
	main := module("application", info.Main.Path, s.tag, "")
	main.Properties = []property{{"platform", platform}}
	b := &bill{
		Format: "CycloneDX", Spec: "1.5", Version: 1,
		Metadata: metadata{Timestamp: s.time.Format(time.RFC3339), Component: main},
	}
	b.Components = append(b.Components, module("library", "std", strings.TrimPrefix(info.GoVersion, "go"), ""))
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		b.Components = append(b.Components, module("library", m.Path, m.Version, m.Sum))
	}
	linked := dependency{Ref: main.Ref}
	content := sha256.New()
	fmt.Fprintln(content, main.Ref, platform)
	for _, c := range b.Components {
		linked.DependsOn = append(linked.DependsOn, c.Ref)
		fmt.Fprintln(content, c.Ref, c.Hashes)
	}
	b.Dependencies = []dependency{linked}
	u := content.Sum(nil)[:16]
	u[6], u[8] = u[6]&0x0f|0x80, u[8]&0x3f|0x80 // version 8 of RFC 9562: a hash of one's own
	b.Serial = fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
	return b
}

// module is one module as a component. The sum is that of go.sum: "h1:" and the SHA-256, in
// base 64, of the list of the module's files with their hashes.
func module(kind, path, version, sum string) component {
	url := fmt.Sprintf("pkg:golang/%s@%s", path, version)
	c := component{Type: kind, Ref: url, Name: path, Version: version, URL: url}
	if raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(sum, "h1:")); err == nil && len(raw) == sha256.Size {
		c.Hashes = []hash{{"SHA-256", hex.EncodeToString(raw)}}
	}
	return c
}
