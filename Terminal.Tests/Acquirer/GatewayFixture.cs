using Sandbox.Acquirer;

namespace Terminal.Tests.Acquirer;

/// <summary>One simulated gateway with its certificates for all tests of a class.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("gateway").FullName;

    public GatewayKeys Keys { get; private set; } = null!;

    internal AmsGateway Gateway { get; private set; } = null!;

    /// <summary>The gateway's clock.</summary>
    public ManualTime Time { get; } = new();

    public async Task InitializeAsync()
    {
        Keys = new(folder);
        Gateway = await AmsGateway.StartAsync(Keys, new(Path.Combine(folder, "exchanges")), Time);
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        Keys.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
