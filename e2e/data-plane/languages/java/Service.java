import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.SpanKind;

/** A service whose telemetry is the agent's, told everything by its environment: java Service RUN SENDER COUNT */
public class Service {
  public static void main(String[] arguments) {
    var tracer = GlobalOpenTelemetry.getTracer("test");
    for (int number = 0; number < Integer.parseInt(arguments[2]); number++) {
      tracer
          .spanBuilder("GET /language")
          .setSpanKind(SpanKind.SERVER)
          .setAttribute("test.run", arguments[0])
          .setAttribute("test.sender", arguments[1])
          .setAttribute("http.request.method", "GET")
          .startSpan()
          .end();
    }
  }
}
