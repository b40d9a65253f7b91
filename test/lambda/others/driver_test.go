package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
)

// Answers each case of languages.ts, one a line.
func TestCases(t *testing.T) {
	var cases []struct {
		Policy, Method string
		Origin         *string
		Asks           bool
	}
	text, _ := os.ReadFile(os.Getenv("CASES"))
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	answers := &strings.Builder{}
	for _, one := range cases {
		policy, err := ReadPolicy(one.Policy)
		if err != nil {
			fmt.Fprintln(answers, "refused")
			continue
		}
		request := Request{Headers: map[string]string{}}
		request.RequestContext.HTTP.Method = one.Method
		if one.Origin != nil {
			request.Headers["origin"] = *one.Origin
		}
		if one.Asks {
			request.Headers["access-control-request-method"] = "PUT"
		}
		response, err := WithCors(policy, func(ctx context.Context, request Request) (Response, error) {
			if one.Method == "FAIL" {
				return Response{}, errors.New("secret")
			}
			return orders(ctx, request)
		})(context.Background(), request)
		if err != nil {
			t.Fatal(err)
		}
		allowed, isThere := response.Headers["Access-Control-Allow-Origin"]
		if !isThere {
			allowed = "-"
		}
		fmt.Fprintln(answers, response.StatusCode, allowed)
	}
	os.WriteFile(os.Getenv("ANSWERS"), []byte(answers.String()), 0o600)
}
