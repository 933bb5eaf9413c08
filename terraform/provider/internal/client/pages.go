package client

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"net/url"
)

// pageSize is the most the contract allows: lists here are read whole.
const pageSize = "1000"

type page[T any] struct {
	Items []T     `json:"items"`
	Next  *string `json:"next"`
}

// list walks all pages. It stops at the first error, which is the last thing it yields.
func list[T any](ctx context.Context, c *Client, path string, query url.Values) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		query := maps.Clone(query)
		if query == nil {
			query = url.Values{}
		}
		query.Set("limit", pageSize)
		for {
			var got page[T]
			if _, err := c.do(ctx, call{method: http.MethodGet, path: path, query: query}, &got); err != nil {
				yield(none, err)
				return
			}
			for _, item := range got.Items {
				if !yield(item, nil) {
					return
				}
			}
			if got.Next == nil {
				return
			}
			if *got.Next == query.Get("cursor") {
				yield(none, fmt.Errorf("GET %s: the list does not end: its next page is the same page", path))
				return
			}
			query.Set("cursor", *got.Next)
		}
	}
}

// Collect reads a list whole.
func Collect[T any](items iter.Seq2[T, error]) ([]T, error) {
	var all []T
	for item, err := range items {
		if err != nil {
			return nil, err
		}
		all = append(all, item)
	}
	return all, nil
}

// find returns the first item that is wanted, or a *Problem with status 404 as the gateway would give it: some
// kinds of things can be listed but not read by id.
func find[T any](items iter.Seq2[T, error], wanted func(T) bool) (T, error) {
	var none T
	for item, err := range items {
		if err != nil {
			return none, err
		}
		if wanted(item) {
			return item, nil
		}
	}
	return none, &Problem{Status: http.StatusNotFound, Code: 40400, Slug: "not-found", Title: "Not found", Detail: "It is not in the list.", RequestID: "-"}
}
