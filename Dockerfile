# The first stage builds: every package from the lock, by hash, and our own as a wheel; then an
# environment of those that the program needs, and of no builder and no installer.
FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
COPY requirements.lock ./
RUN pip wheel --require-hashes --wheel-dir /wheels -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY knowledge knowledge
COPY handlers handlers
RUN pip install --no-index --find-links /wheels hatchling \
 && pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
 && python -m venv --without-pip /opt/planbot \
 && pip --python /opt/planbot/bin/python install --no-index --find-links /wheels "planbot[meaning]"

# The last stage runs: no compiler, no pip, no root.
FROM python:3.13-slim
RUN python -m pip uninstall --yes pip \
 && groupadd --system --gid 10001 planbot \
 && useradd --system --uid 10001 --gid planbot --no-create-home --shell /usr/sbin/nologin planbot \
 && install --directory --owner planbot --group planbot /data
COPY --from=build /opt/planbot /opt/planbot
ENV PATH=/opt/planbot/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PLANBOT_DATA=/data \
    PLANBOT_PLANS=/data/plans \
    PLANBOT_LOG=json \
    PLANBOT_METRICS_LISTEN=127.0.0.1:8081
# By number, for those who ask whether it is root without looking at our list of users.
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
  CMD ["python", "-m", "bot.healthcheck"]
ENTRYPOINT ["planbot"]
CMD ["run"]
