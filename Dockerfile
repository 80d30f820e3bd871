# The first stage builds: every package from the lock, by hash, and our own as a wheel.
FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
COPY requirements.lock ./
RUN python -m venv /opt/planbot \
 && /opt/planbot/bin/pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY knowledge knowledge
COPY handlers handlers
RUN /opt/planbot/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
 && /opt/planbot/bin/pip install --no-deps --no-index /wheels/*.whl \
 && /opt/planbot/bin/pip uninstall --yes hatchling editables pip

# The last stage runs: no compiler, no package installer, no root.
FROM python:3.13-slim
RUN python -m pip uninstall --yes pip \
 && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin planbot \
 && install --directory --owner planbot --group planbot /data
COPY --from=build /opt/planbot /opt/planbot
ENV PATH=/opt/planbot/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PLANBOT_DATA=/data \
    PLANBOT_PLANS=/data/plans \
    PLANBOT_LOG=json \
    PLANBOT_METRICS_LISTEN=127.0.0.1:8081
USER planbot
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
  CMD ["python", "-m", "bot.healthcheck"]
ENTRYPOINT ["planbot"]
CMD ["run"]
