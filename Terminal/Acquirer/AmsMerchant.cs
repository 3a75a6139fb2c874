using Terminal.Device;

namespace Terminal.Acquirer;

/// <summary>The shop, as registered with the gateway.</summary>
/// <param name="CategoryCode">Merchant category code (ISO 18245), four digits.</param>
/// <param name="TerminalId">The id of this terminal within the store.</param>
sealed record AmsMerchant(
    string Id, string Name, string CategoryCode, string StoreId, string StoreName, string TerminalId)
{
    public static AmsMerchant Read(SettingsSection section)
    {
        var merchant = new AmsMerchant(
            section.Text("id", longest: 32),
            section.Text("name"),
            section.Text("categoryCode", longest: 4),
            section.Text("storeId", longest: 32),
            section.Text("storeName"),
            section.Text("terminalId", longest: 32));
        section.End();
        return merchant;
    }
}
