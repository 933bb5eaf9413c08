package client

import (
	"context"
	"iter"
	"net/url"
	"time"
)

// Latency is from a message being numbered until it is written to those that keep up, in milliseconds.
type Latency struct {
	P50 float64 `json:"p50"`
	P95 float64 `json:"p95"`
	P99 float64 `json:"p99"`
}

// Usage is what one app used in one minute, hour, day or month (UTC) that begins at Start.
type Usage struct {
	Start             time.Time        `json:"start"`
	AppID             string           `json:"appId"`
	Publishes         int64            `json:"publishes"`
	Deliveries        int64            `json:"deliveries"`
	BytesIn           int64            `json:"bytesIn"`
	BytesOut          int64            `json:"bytesOut"`
	ConnectionsPeak   int64            `json:"connectionsPeak"`
	ConnectionMinutes int64            `json:"connectionMinutes"`
	ChannelsPeak      int64            `json:"channelsPeak"`
	MembersPeak       int64            `json:"membersPeak"`
	StoredBytes       int64            `json:"storedBytes"`
	Webhooks          int64            `json:"webhooks"`
	Refusals          map[string]int64 `json:"refusals"`
	// LatencyMs is nil when nothing was delivered.
	LatencyMs *Latency `json:"latencyMs"`
}

// UsageQuery selects usage; what is empty is the gateway's default.
type UsageQuery struct {
	AppID, Unit string
	Start, End  *time.Time
}

// Usage of a tenant's apps, the oldest first.
func (c *Client) Usage(ctx context.Context, tenantID string, query UsageQuery) iter.Seq2[Usage, error] {
	values := url.Values{}
	set := func(name, value string) {
		if value != "" {
			values.Set(name, value)
		}
	}
	set("appId", query.AppID)
	set("unit", query.Unit)
	set("start", moment(query.Start))
	set("end", moment(query.End))
	return list[Usage](ctx, c, path("tenants", tenantID, "usage"), values)
}

func moment(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}
