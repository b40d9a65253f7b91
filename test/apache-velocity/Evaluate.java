import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.PathNotFoundException;
import java.io.StringWriter;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.minidev.json.JSONValue;
import org.apache.commons.text.StringEscapeUtils;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;

/**
 * Evaluates mapping templates as API Gateway does, with Apache Velocity: a list of cases in, a list of results out, both
 * JSON. What a case and a result look like is written down in cases.ts; the comparison is made there too.
 *
 * An object with `templates` and `pairs` of a template's index and an origin gives a list of booleans: whether the template
 * lets the origin read.
 */
public class Evaluate {
  public static void main(String[] files) throws Exception {
    VelocityEngine engine = new VelocityEngine();
    // Velocity 1.7 writes a log file into the working directory otherwise; 2.x does not know the property.
    engine.setProperty("runtime.log.logsystem.class", "org.apache.velocity.runtime.log.NullLogChute");
    // Header names hold hyphens: 1.7 takes them anyway, 2.x wants to be asked.
    engine.setProperty("parser.allow_hyphen_in_identifiers", true);
    engine.init();

    List<Object> results = new ArrayList<>();
    Object input = JSONValue.parseWithException(Files.readString(Path.of(files[0])));
    if (input instanceof Map<?, ?> question) {
      for (Object pair : (List<?>) question.get("pairs")) {
        results.add(allows(engine, (List<?>) question.get("templates"), (List<?>) pair));
      }
    } else {
      for (Object item : (List<?>) input) results.add(evaluate(engine, map(item)));
    }
    Files.writeString(Path.of(files[1]), JSONValue.toJSONString(results));
  }

  private static boolean allows(VelocityEngine engine, List<?> templates, List<?> pair) {
    String origin = (String) pair.get(1);
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("template", templates.get(((Number) pair.get(0)).intValue()));
    item.put("headers", Map.of("origin", origin));
    Map<String, Object> overrides = map(evaluate(engine, item).get("overrides"));
    return origin.equals(map(overrides.get("header")).get("Access-Control-Allow-Origin"));
  }

  private static Map<String, Object> evaluate(VelocityEngine engine, Map<String, Object> item) {
    Map<String, Object> context = map(item.get("context"));
    Map<String, Object> overrides = map(null);
    overrides.put("header", map(null));
    context.put("responseOverride", overrides);
    context.put("requestOverride", Map.of("header", map(null), "path", map(null), "querystring", map(null)));

    VelocityContext variables = new VelocityContext();
    variables.put("input", new Input(item));
    variables.put("util", new Util());
    variables.put("context", context);
    variables.put("stageVariables", map(item.get("stageVariables")));

    Map<String, Object> result = new LinkedHashMap<>();
    try {
      StringWriter text = new StringWriter();
      engine.evaluate(variables, text, "template", (String) item.get("template"));
      result.put("text", text.toString());
      result.put("overrides", overrides);
    } catch (Exception | StackOverflowError failure) {
      result.put("error", failure.toString());
    }
    return result;
  }

  /** A copy that a template may write to; empty for nothing. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return value == null ? new LinkedHashMap<>() : new LinkedHashMap<>((Map<String, Object>) value);
  }

  /** `$input` */
  public static class Input {
    private final String body;
    private final Map<String, Object> params = new LinkedHashMap<>();

    Input(Map<String, Object> item) {
      body = (String) item.get("body");
      boolean emptyIfMissing = Boolean.TRUE.equals(item.get("emptyIfMissing"));
      params.put("path", map(item.get("path")));
      params.put("querystring", map(item.get("querystring")));
      Map<String, Object> headers = map(item.get("headers"));
      params.put("header", emptyIfMissing ? new EmptyIfMissing(headers) : headers);
    }

    public Map<String, Object> params() {
      return params;
    }

    /** Whichever place has it first: this is why it must not be asked for a header that decides something. */
    public Object params(String name) {
      return params.values().stream()
          .map(Evaluate::map)
          .filter(place -> place.containsKey(name))
          .findFirst()
          .map(place -> place.get(name))
          .orElse("");
    }

    public String getBody() {
      return body;
    }

    public Object path(String path) {
      try {
        return JsonPath.read(body, path);
      } catch (PathNotFoundException missing) {
        return null;
      }
    }

    public String json(String path) {
      Object found = path(path);
      return found == null ? "\"\"" : JSONValue.toJSONString(found);
    }
  }

  /** Nobody has established which of the two API Gateway does: null or an empty string. */
  public static class EmptyIfMissing extends LinkedHashMap<String, Object> {
    EmptyIfMissing(Map<String, Object> values) {
      super(values);
    }

    @Override
    public Object get(Object name) {
      return getOrDefault(name, "");
    }
  }

  /** `$util` */
  public static class Util {
    public String escapeJavaScript(Object text) {
      return StringEscapeUtils.escapeEcmaScript(String.valueOf(text));
    }

    public Object parseJson(String text) {
      return JSONValue.parse(text);
    }

    public String urlEncode(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    public String urlDecode(String text) {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    public String base64Encode(String text) {
      return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    public String base64Decode(String text) {
      return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }
  }
}
