package client

import (
	"context"
	"net/http"
	"time"
)

// Node is one gateway process that is or was there within the last hour.
type Node struct {
	ID          string    `json:"id"`
	StartedAt   time.Time `json:"startedAt"`
	Version     string    `json:"version"`
	Connections int64     `json:"connections"`
	Live        bool      `json:"live"`
	// Figures is nil when the node is gone, or has not told for some seconds.
	Figures *NodeFigures `json:"figures"`
}

// NodeFigures is what a node does now.
type NodeFigures struct {
	Channels            int64   `json:"channels"`
	PublishesPerSecond  float64 `json:"publishesPerSecond"`
	DeliveriesPerSecond float64 `json:"deliveriesPerSecond"`
	BytesInPerSecond    float64 `json:"bytesInPerSecond"`
	BytesOutPerSecond   float64 `json:"bytesOutPerSecond"`
	RefusalsPerSecond   float64 `json:"refusalsPerSecond"`
	// LatencyMs is nil when nothing was delivered.
	LatencyMs     *Latency  `json:"latencyMs"`
	HeapUsedBytes int64     `json:"heapUsedBytes"`
	HeapMaxBytes  int64     `json:"heapMaxBytes"`
	At            time.Time `json:"at"`
}

// Nodes needs the operator. The contract says of this list that it has one page and takes no limit.
func (c *Client) Nodes(ctx context.Context) ([]Node, error) {
	var got page[Node]
	if _, err := c.do(ctx, call{method: http.MethodGet, path: path("nodes")}, &got); err != nil {
		return nil, err
	}
	return got.Items, nil
}
