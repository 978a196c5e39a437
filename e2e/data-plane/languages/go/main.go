// A service with the SDK for Go, told everything by its environment: service RUN SENDER COUNT
package main

import (
	"context"
	"log"
	"os"
	"strconv"

	"go.opentelemetry.io/contrib/exporters/autoexport"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/trace"
	api "go.opentelemetry.io/otel/trace"
)

func main() {
	ctx := context.Background()
	exporter, err := autoexport.NewSpanExporter(ctx)
	if err != nil {
		log.Fatal(err)
	}
	provider := trace.NewTracerProvider(trace.WithBatcher(exporter))
	count, err := strconv.Atoi(os.Args[3])
	if err != nil {
		log.Fatal(err)
	}
	marks := api.WithAttributes(
		attribute.String("test.run", os.Args[1]),
		attribute.String("test.sender", os.Args[2]),
		attribute.String("http.request.method", "GET"),
	)
	for range count {
		_, span := provider.Tracer("test").Start(ctx, "GET /language", api.WithSpanKind(api.SpanKindServer), marks)
		span.End()
	}
	if err := provider.Shutdown(ctx); err != nil {
		log.Fatal(err)
	}
}
