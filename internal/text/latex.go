package text

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// LaTeX leaves a text without commands, in what every LaTeX reads without further packages:
// Greek letters and signs become commands, raised and lowered letters an exponent or an index,
// accents are put on their letters, and what LaTeX has no sign for is written by its number, as
// [U+4E2D].
func LaTeX(s string) string {
	var b strings.Builder
	for rest := Line(s); rest != ""; {
		piece, size := latexPiece(rest)
		b.WriteString(piece)
		rest = rest[size:]
	}
	return b.String()
}

// latexPiece is the LaTeX of the first letter, sign or run of raised or lowered letters of s,
// and how many bytes of s it stands for.
func latexPiece(s string) (string, int) {
	r, size := utf8.DecodeRuneInString(s)
	accent, mark := utf8.DecodeRuneInString(s[size:])
	switch {
	case raised(r):
		return script("^", s, raised)
	case lowered(r):
		return script("_", s, lowered)
	case mathAccents[accent] != "":
		return "$" + mathAccents[accent] + "{" + latexLetter(r) + "}$", size + mark
	case r < utf8.RuneSelf && latexSigns[r] == "":
		return s[:size], size
	case latexSigns[r] != "":
		return latexSigns[r], size
	case greek[r] != "":
		return "$" + greek[r] + "$", size
	}
	return accented(r), size
}

// script is the leading run of raised or lowered letters as one exponent or index.
func script(sign, s string, belongs func(rune) bool) (string, int) {
	end := strings.IndexFunc(s, func(r rune) bool { return !belongs(r) })
	if end < 0 {
		end = len(s)
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(s[:end]) {
		b.WriteString(latexLetter(r))
	}
	return "$" + sign + "{" + b.String() + "}$", end
}

// latexLetter is a letter or a sign inside of a formula.
func latexLetter(r rune) string {
	switch {
	case greek[r] != "":
		return greek[r] + " "
	case r == '−':
		return "-"
	case r == 'ᐟ':
		return "/"
	case r == '′':
		return `\prime `
	case r < utf8.RuneSelf && (latexSigns[r] == "" || r == '<' || r == '>'):
		return string(r)
	}
	return fmt.Sprintf(`\mbox{%s}`, accented(r))
}

// accented is a letter with its accents as commands, or the number of a letter that has none.
func accented(r rune) string {
	parts := []rune(norm.NFD.String(string(r)))
	letter := string(parts[0])
	if parts[0] >= utf8.RuneSelf {
		return fmt.Sprintf("[U+%04X]", r)
	}
	for _, mark := range parts[1:] {
		if textAccents[mark] == "" {
			return fmt.Sprintf("[U+%04X]", r)
		}
		letter = textAccents[mark] + "{" + letter + "}"
	}
	return letter
}

func raised(r rune) bool {
	return strings.ContainsRune("²³¹⁰ⁱ′″‴", r) || r >= '⁴' && r <= 'ⁿ' || r >= 'ʰ' && r <= 'ʸ' || r == 'ˣ' || r == 'ᐟ' ||
		r >= 'ᴬ' && r <= 'ᵡ' || r >= 'ᶛ' && r <= 'ᶿ'
}

func lowered(r rune) bool {
	return r == '﹤' || r == '﹥' || r >= '₀' && r <= '₎' || r >= 'ₐ' && r <= 'ₜ' || r >= 'ᵢ' && r <= 'ᵪ' || r == 'ⱼ'
}

var (
	textAccents = map[rune]string{'̀': "\\`", '́': `\'`, '̂': `\^`, '̃': `\~`, '̈': `\"`, '̊': `\r`, '̌': `\v`, '̧': `\c`, '̄': `\=`, '̆': `\u`, '̇': `\.`, '̋': `\H`}
	mathAccents = map[rune]string{'̂': `\hat`, '̃': `\tilde`, '̄': `\bar`, '̇': `\dot`}

	greek = map[rune]string{
		'α': `\alpha`, 'β': `\beta`, 'γ': `\gamma`, 'δ': `\delta`, 'ε': `\varepsilon`, 'ϵ': `\epsilon`, 'ζ': `\zeta`,
		'η': `\eta`, 'θ': `\theta`, 'ϑ': `\vartheta`, 'ι': `\iota`, 'κ': `\kappa`, 'λ': `\lambda`, 'μ': `\mu`, 'µ': `\mu`, 'ν': `\nu`,
		'ξ': `\xi`, 'ο': `o`, 'π': `\pi`, 'ρ': `\rho`, 'ϱ': `\varrho`, 'σ': `\sigma`, 'ς': `\varsigma`, 'τ': `\tau`,
		'υ': `\upsilon`, 'φ': `\varphi`, 'ϕ': `\phi`, 'χ': `\chi`, 'ψ': `\psi`, 'ω': `\omega`,
		'Α': `A`, 'Β': `B`, 'Γ': `\Gamma`, 'Δ': `\Delta`, 'Ε': `E`, 'Ζ': `Z`, 'Η': `H`, 'Θ': `\Theta`, 'Ι': `I`, 'Κ': `K`,
		'Λ': `\Lambda`, 'Μ': `M`, 'Ν': `N`, 'Ξ': `\Xi`, 'Ο': `O`, 'Π': `\Pi`, 'Ρ': `P`, 'Σ': `\Sigma`, 'Τ': `T`,
		'Υ': `\Upsilon`, 'Φ': `\Phi`, 'Χ': `X`, 'Ψ': `\Psi`, 'Ω': `\Omega`, 'ℓ': `\ell`, '∇': `\nabla`, '∂': `\partial`,
	}

	latexSigns = map[rune]string{
		'\\': `\textbackslash{}`, '&': `\&`, '%': `\%`, '$': `\$`, '#': `\#`, '_': `\_`, '{': `\{`, '}': `\}`,
		'~': `\textasciitilde{}`, '^': `\textasciicircum{}`, '<': `$<$`, '>': `$>$`, '|': `$|$`, '*': `$^*$`, '"': `''`,
		'−': `$-$`, '–': `--`, '—': `---`, '…': `\dots{}`, '⋯': `$\cdots$`, '·': `$\cdot$`, '⋅': `$\cdot$`, '×': `$\times$`, '✕': `$\times$`, '★': `$\star$`, '÷': `$\div$`,
		'∞': `$\infty$`, '≤': `$\le$`, '≥': `$\ge$`, '≠': `$\ne$`, '≈': `$\approx$`, '∝': `$\propto$`, '±': `$\pm$`, '∓': `$\mp$`,
		'≪': `$\ll$`, '≫': `$\gg$`, '∼': `$\sim$`, '≡': `$\equiv$`, '⪰': `$\succeq$`, '⪯': `$\preceq$`,
		'‖': `$\|$`, '√': `$\surd$`, '∛': `$\sqrt[3]{\ }$`, '∑': `$\sum$`, '∏': `$\prod$`, '∫': `$\int$`, '∈': `$\in$`,
		'½': `$\frac12$`, '⅓': `$\frac13$`, '⅔': `$\frac23$`, '¼': `$\frac14$`, '¾': `$\frac34$`, '⅕': `$\frac15$`,
		'→': `$\to$`, '←': `$\leftarrow$`, '↦': `$\mapsto$`, '⇒': `$\Rightarrow$`, '↔': `$\leftrightarrow$`,
		'⌊': `$\lfloor$`, '⌋': `$\rfloor$`, '⌈': `$\lceil$`, '⌉': `$\rceil$`, '⟨': `$\langle$`, '⟩': `$\rangle$`,
		'⊗': `$\otimes$`, '⊙': `$\odot$`, '∘': `$\circ$`, '°': `$^\circ$`, 'ℝ': `$\mathrm{R}$`, '§': `\S{}`,
		'“': "``", '”': `''`, '‘': "`", '’': `'`, '\u00a0': `~`, '\u200b': ``, '\u202f': `\,`, '\u2009': `\,`,
		'Ł': `\L{}`, 'ł': `\l{}`, 'Ø': `\O{}`, 'ø': `\o{}`, 'ß': `\ss{}`, 'Æ': `\AE{}`, 'æ': `\ae{}`, 'Œ': `\OE{}`, 'œ': `\oe{}`,
		'ı': `\i{}`,
	}
)
