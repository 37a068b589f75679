"""How codes of this app that are no notions of the trade stand on screen."""

OUTCOMES = {
    "signed_in": "登录成功",
    "wrong_password": "用户名或密码不正确",
    "wrong_code": "动态验证码不正确",
    "locked": "锁定期间，未受理",
    "disabled": "账号已停用",
}
GUARDED = {"account": "用户名", "code": "动态验证码", "address": "网络地址"}
