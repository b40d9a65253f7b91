import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Answers each case of languages.ts, one a line. */
class Driver {
    public static void main(String[] arguments) throws Exception {
        StringBuilder answers = new StringBuilder();
        for (JsonNode row : new ObjectMapper().readTree(Path.of(System.getenv("CASES")).toFile())) answers.append(answer(row)).append('\n');
        Files.writeString(Path.of(System.getenv("ANSWERS")), answers);
    }

    private static String answer(JsonNode row) {
        String method = row.get("method").asText();
        WithCors handler;
        try {
            handler = new WithCors(row.get("policy").asText(), (request, context) -> {
                if (method.equals("FAIL")) throw new IllegalStateException("secret");
                return new Orders().handleRequest(request, context);
            });
        } catch (RuntimeException refused) {
            return "refused";
        }
        Map<String, String> headers = new HashMap<>();
        if (row.has("origin")) headers.put("origin", row.get("origin").asText());
        if (row.path("asks").asBoolean()) headers.put("access-control-request-method", "PUT");
        APIGatewayProxyResponseEvent response = handler
                .handleRequest(new APIGatewayProxyRequestEvent().withHttpMethod(method).withHeaders(headers), null);
        return response.getStatusCode() + " " + response.getHeaders().getOrDefault("Access-Control-Allow-Origin", "-");
    }
}
