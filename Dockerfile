# Balancer, simulated servers and clients in one image, by command: docs/image.md.
#
# Tags and not digests, because these could not be looked up where this was written. To pin them:
# --build-arg JDK_IMAGE=eclipse-temurin@sha256:… and so on.
ARG MAVEN_IMAGE=maven:3-eclipse-temurin-17
ARG JDK_IMAGE=eclipse-temurin:25-jdk
ARG BASE_IMAGE=debian:trixie-slim

# The jar is the same for all processors.
FROM --platform=$BUILDPLATFORM ${MAVEN_IMAGE} AS jar
WORKDIR /build
COPY .mvn .mvn
COPY pom.xml LICENSE ./
COPY docs/configuration.md docs/configuration.md
COPY src/main src/main
RUN --mount=type=cache,target=/root/.m2 mvn -B -q -Dmaven.test.skip=true package

# From here on everything runs on the target processor, or emulates it.
FROM ${JDK_IMAGE} AS runtime
WORKDIR /opt/loble
COPY --from=jar /build/target/loble-fat.jar loble.jar
COPY conf conf
COPY src/main/docker/healthcheck bin/healthcheck
COPY src/main/docker/train /tmp/train

# Only the modules that Loble uses: 70 MB of 360.
RUN "$JAVA_HOME/bin/jlink" --output java --no-header-files --no-man-pages --strip-debug --compress zip-0 \
    --add-modules java.base,java.logging,java.management,java.naming,java.net.http,java.xml,jdk.jfr,jdk.management,jdk.net,jdk.unsupported

# Netty's native transports, which it would otherwise unpack to /tmp at each start.
RUN "$JAVA_HOME/bin/jar" --extract --file loble.jar META-INF/native META-INF/licences && \
    case "$(uname -m)" in x86_64) cpu=x86_64 ;; aarch64) cpu=aarch_64 ;; *) exit 1 ;; esac && \
    mkdir lib && \
    mv META-INF/native/libnetty_transport_native_epoll_$cpu.so META-INF/native/libnetty_transport_native_io_uring*_$cpu.so lib && \
    mv META-INF/licences licences && \
    rm -r META-INF

# The cache is valid only for files with the size and time that they had when it was made. No layer and
# no registry changes a time in whole seconds in the past. It is also valid only for a heap of less than
# 32 GB, the default in every container: so here too, whatever the builder's memory.
RUN find . -exec touch -h -d 2026-01-01T00:00:00Z {} + && \
    /tmp/train /opt/loble/loble.aot /opt/loble/java/bin/java -XX:+UseG1GC -Xmx512m \
      -Djava.library.path=/opt/loble/lib -Dvertx.disableFileCPResolving=true && \
    chmod -R a+rX,go-w .

FROM ${BASE_IMAGE}
LABEL org.opencontainers.image.title="Loble" \
      org.opencontainers.image.description="A TCP load balancer on Vert.x, with client and server simulators" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="0.1.0"
COPY --from=runtime /opt/loble /opt/loble
WORKDIR /opt/loble
USER 10001:10001
EXPOSE 9000 9090
# The JVM suspends threads with a signal, SIGUSR2 by default, and crashes when it comes from outside.
# No program sends 64, the last real-time signal.
ENV _JAVA_SR_SIGNUM=64
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=4s --start-period=10s --retries=3 CMD ["/opt/loble/bin/healthcheck"]
ENTRYPOINT ["/opt/loble/java/bin/java", \
  "-XX:AOTCache=/opt/loble/loble.aot", \
  "-XX:+ExitOnOutOfMemoryError", \
  "-XX:-UsePerfData", \
  "-XX:+ErrorFileToStderr", \
  "-Xlog:disable", "-Xlog:all=warning:stderr:uptime,level,tags", \
  "-Djava.library.path=/opt/loble/lib", \
  "-Dvertx.disableFileCPResolving=true", \
  "-jar", "/opt/loble/loble.jar"]
CMD ["run"]
