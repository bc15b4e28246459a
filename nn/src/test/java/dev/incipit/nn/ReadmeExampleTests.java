package dev.incipit.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example is compiled as it stands there, run, and does what it promises. */
final class ReadmeExampleTests {

  private static final Pattern JAVA_BLOCK = Pattern.compile("(?ms)^```java\n(.*?)^```$");

  @Test
  void compilesRunsAndLearns(@TempDir Path folder) throws Exception {
    Matcher block = JAVA_BLOCK.matcher(Files.readString(Path.of("../README.md")));
    assertTrue(block.find(), "README.md has no Java block");
    Path source = Files.writeString(folder.resolve("Xor.java"), block.group(1));
    compile(source, folder);
    assertEquals("accuracy 1.0", run(folder).strip());
    assertFalse(block.find(), "README.md has a second Java block, which nothing tests");
  }

  /** Compile against the modules that this very process runs. */
  private static void compile(Path source, Path classes) {
    StringWriter messages = new StringWriter();
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                new PrintWriter(messages),
                new PrintWriter(messages),
                "-proc:none",
                "--module-path",
                System.getProperty("jdk.module.path"),
                "--add-modules",
                "dev.incipit.nn",
                "-d",
                classes.toString(),
                source.toString());
    assertEquals(0, status, messages.toString());
  }

  private static String run(Path classes) throws Exception {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrintStream before = System.out;
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      System.setOut(new PrintStream(text, true, StandardCharsets.UTF_8));
      Class<?> example = loader.loadClass("Xor");
      Constructor<?> constructor = example.getDeclaredConstructor();
      constructor.setAccessible(true);
      Method main = example.getDeclaredMethod("main");
      main.setAccessible(true);
      main.invoke(constructor.newInstance());
    } finally {
      System.setOut(before);
    }
    return text.toString(StandardCharsets.UTF_8);
  }
}
