package io.tidegate.e2e.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of the runnable jar, run by `mvn verify` when the jar is there. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("process")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(KeepsToTheContract.class)
public @interface ProcessTest {}
