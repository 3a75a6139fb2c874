using Terminal.Backend;

namespace Terminal.Tests.Backend;

public sealed class MqttNetBackendTests : BackendContract
{
    protected override IBackend Make(BackendSettings settings, Action<BackendEvent> tell) =>
        new MqttNetBackend(settings, tell);
}

public sealed class MqttNetBackendTlsTests : BackendTlsContract
{
    protected override IBackend Make(BackendSettings settings, Action<BackendEvent> tell) =>
        new MqttNetBackend(settings, tell);
}
