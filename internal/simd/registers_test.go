package simd

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// The assembly for AVX2 names no register of AVX-512: the generator takes those when it runs out of
// others, and only a processor without them shows it.
func TestRegisters(t *testing.T) {
	source, err := os.ReadFile("avx2_amd64.s")
	if err != nil {
		t.Fatal(err)
	}
	foreign := foreignRegisters(string(source))
	for function, register := range foreign {
		t.Errorf("%s names %s; expected registers of AVX2 only", function, register)
	}
	if wrong := foreignRegisters("TEXT ·addAVX2(SB)\n\tVMOVSD X16, (AX)\nTEXT ·addAVX512(SB)\n\tVADDPD Z1, Z2, Z3"); wrong["addAVX2"] != "X16" || len(wrong) != 1 {
		t.Errorf("a wrong register is not found: %v", wrong)
	}
}

// foreignRegisters are the functions for AVX2 with a register of AVX-512 of each.
func foreignRegisters(source string) map[string]string {
	found := map[string]string{}
	register := regexp.MustCompile(`\b(?:[XY](?:1[6-9]|[23]\d)|Z\d+|K\d)\b`)
	for _, function := range strings.Split(source, "TEXT ·")[1:] {
		name, body, _ := strings.Cut(function, "(SB)")
		if r := register.FindString(body); r != "" && strings.HasSuffix(name, "AVX2") {
			found[name] = r
		}
	}
	return found
}
