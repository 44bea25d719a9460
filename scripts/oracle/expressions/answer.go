// Answers with Go's regexp, of which Gitleaks' expressions are: one JSON question and one JSON answer on each line.
package main

import (
	"bufio"
	"encoding/json"
	"os"
	"regexp"
	"strings"
)

type question struct {
	Source   string
	Detector bool
	Keywords []string
	Group    int
	Texts    [][]byte
}

// Offsets are bytes; those of a group that took no part are -1.
type answer struct {
	Error   string    `json:"error,omitempty"`
	Matches [][][]int `json:"matches"`
	Secrets [][][]int `json:"secrets"`
}

func main() {
	lines := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	answers := json.NewEncoder(out)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		var asked question
		if err := json.Unmarshal(line, &asked); err != nil {
			panic(err)
		}
		if err := answers.Encode(reply(asked)); err != nil {
			panic(err)
		}
	}
}

func reply(asked question) answer {
	expression, err := regexp.Compile(asked.Source)
	if err != nil {
		return answer{Error: strings.TrimPrefix(err.Error(), "error parsing regexp: ")}
	}
	all := answer{Matches: [][][]int{}, Secrets: [][][]int{}}
	for _, bytes := range asked.Texts {
		text := string(bytes)
		matches := [][]int{}
		secrets := [][]int{}
		for _, match := range expression.FindAllStringSubmatchIndex(text, -1) {
			if match[1] > match[0] {
				matches = append(matches, match)
			}
		}
		if asked.Detector && holdsAny(text, asked.Keywords) {
			for _, match := range matches {
				if secret := secretOf(expression, text, match, asked.Group); secret != nil {
					secrets = append(secrets, secret)
				}
			}
		}
		all.Matches = append(all.Matches, matches)
		all.Secrets = append(all.Secrets, secrets)
	}
	return all
}

func holdsAny(text string, keywords []string) bool {
	lowered := lower(text)
	for _, keyword := range keywords {
		if strings.Contains(lowered, lower(keyword)) {
			return true
		}
	}
	return len(keywords) == 0
}

// As in Assay, the long s is an s: expressions in any case take it for one, and Gitleaks' keywords do not.
func lower(text string) string {
	return strings.ReplaceAll(strings.ToLower(text), "ſ", "s")
}

// The secret is looked for in the match alone, without the line breaks at its ends; an empty one is the whole match.
func secretOf(expression *regexp.Regexp, text string, match []int, group int) []int {
	start, end := match[0], match[1]
	for start < end && text[start] == '\n' {
		start++
	}
	for end > start && text[end-1] == '\n' {
		end--
	}
	if start == end {
		return nil
	}
	whole := []int{start, end}
	groups := expression.FindStringSubmatchIndex(text[start:end])
	if len(groups) < 4 {
		return whole
	}
	for index := 1; index < len(groups)/2; index++ {
		from, to := groups[2*index], groups[2*index+1]
		if (group == 0 || group == index) && to > from {
			return []int{start + from, start + to}
		}
	}
	return whole
}
